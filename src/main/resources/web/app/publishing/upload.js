import { say } from "../shell/notices.js";

/** Makes the upload form show how far it is, and take a bundle that is dropped on it. Without it the form works alike. */
export function wireUpload() {
  const form = document.getElementById("bundle-form");
  if (!form) return;
  wireDropping(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  document.getElementById("refused")?.focus();
}

function wireDropping(form) {
  const area = form.querySelector("#bundle-drop");
  const input = form.querySelector("#bundle");
  const over = (event) => {
    event.preventDefault();
    area.classList.toggle("over", event.type === "dragover" && !input.disabled);
  };
  ["dragover", "dragleave", "drop"].forEach((type) => area.addEventListener(type, over));
  area.addEventListener("drop", (event) => {
    if (!input.disabled && event.dataTransfer.files.length > 0) input.files = event.dataTransfer.files;
  });
}

function send(form) {
  const button = form.querySelector("button");
  const panel = form.querySelector("#bundle-progress");
  const bar = panel.querySelector("progress");
  const state = form.querySelector("#bundle-state");
  const finish = () => {
    button.disabled = false;
    panel.hidden = true;
  };
  button.disabled = true;
  panel.hidden = false;
  bar.value = 0;
  state.textContent = "Uploading";

  const call = new XMLHttpRequest();
  call.open("POST", form.action);
  call.setRequestHeader("Accept", "text/html");
  call.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = event.loaded / event.total;
    state.textContent = event.loaded < event.total ? `Uploading, ${Math.round(100 * bar.value)} %` : "Checking";
  });
  call.addEventListener("load", () => {
    finish();
    show(call);
  });
  call.addEventListener("error", () => {
    finish();
    say("The upload broke off. Nothing was kept; try again.");
  });
  call.send(new FormData(form));
}

/** A new draft's page is gone to; a refusal takes the place of the form that led to it. */
function show(call) {
  if (call.status < 400) {
    location.assign(call.responseURL);
    return;
  }
  const upload = new DOMParser().parseFromString(call.responseText, "text/html").getElementById("upload");
  if (upload) {
    document.getElementById("upload").replaceWith(upload);
    wireUpload();
  } else {
    say(call.status === 413 ? "The bundle is larger than this site takes." : `The server answered ${call.status}. Nothing was kept.`);
  }
}
