package io.algomat.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The front page is the catalogue. */
@Path("/")
public class HomePage {
    @GET
    public Response home() {
        return Response.seeOther(URI.create("/algorithms")).build();
    }
}
