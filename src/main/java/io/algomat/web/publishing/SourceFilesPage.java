package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.catalog.EditSources;
import io.algomat.platform.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** The list of files beside the editor: add, upload, rename, delete. */
@Path("/publish/sources/{id}/files")
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class SourceFilesPage {
    private interface Change {
        void make(Caller caller) throws IOException;
    }

    private final CurrentCaller current;
    private final EditSources edit;
    private final ShowSources show;

    SourceFilesPage(CurrentCaller current, EditSources edit, ShowSources show) {
        this.current = current;
        this.edit = edit;
        this.show = show;
    }

    @POST
    @Path("add")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @PathParam("id") String id,
            @FormParam("file") @DefaultValue("") String file,
            @FormParam("path") @DefaultValue("") String path)
            throws IOException {
        String wanted = path.strip();
        return change(id, file, wanted, caller -> edit.add(id, wanted, caller));
    }

    /** @param path a folder to put it into, or empty for the top */
    @POST
    @Path("upload")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response upload(
            @PathParam("id") String id,
            @RestForm @DefaultValue("") String file,
            @RestForm @DefaultValue("") String folder,
            @RestForm @Nullable FileUpload content)
            throws IOException {
        String name = content == null ? "" : content.fileName();
        String place = folder.strip().replaceAll("/+$", "");
        String path = place.isEmpty() || name.isEmpty() ? name : place + "/" + name;
        return change(id, file, path, caller -> {
            if (content == null || name.isEmpty()) {
                throw Problem.invalid("content", "No file was chosen");
            }
            try (InputStream bytes = Files.newInputStream(content.uploadedFile())) {
                edit.upload(id, path, bytes, caller);
            }
        });
    }

    @POST
    @Path("rename")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rename(
            @PathParam("id") String id,
            @FormParam("file") @DefaultValue("") String file,
            @FormParam("change") long change,
            @FormParam("path") @DefaultValue("") String path)
            throws IOException {
        String wanted = path.strip();
        return change(id, file, wanted, caller -> edit.rename(id, file, change, wanted, caller));
    }

    @POST
    @Path("delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(
            @PathParam("id") String id,
            @FormParam("file") @DefaultValue("") String file,
            @FormParam("change") long change)
            throws IOException {
        return change(id, file, "", caller -> edit.remove(id, file, change, caller));
    }

    private Response change(String id, String file, String shown, Change change) throws IOException {
        Caller caller = current.required();
        try {
            change.make(caller);
            return SourcePage.seeOther(SourceShown.address(id, shown));
        } catch (Problem refused) {
            return SourcePage.refused(refused, show.refused(id, file, refused, caller));
        }
    }
}
