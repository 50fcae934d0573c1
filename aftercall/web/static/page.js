// Keys, sound, and what a screen reader hears. What may be answered is the server's to say: nothing here decides that.
"use strict";
(() => {
  const $ = (what, where = document) => where.querySelector(what);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const form_token = document.body.dataset.token;
  let asking = 0;

  const post = (address, fields) => fetch(address, {
    method: "POST", body: new URLSearchParams({ token: form_token, ...fields }), headers: { "HX-Request": "true" },
  });
  const tell = (act) => {
    const { reading, turn } = $("#panel").dataset;
    post(`/read/${reading}`, { act, turn }).catch(() => {});
  };
  const trouble = (line) => { $("#trouble").textContent = line; };
  const announce = (text) => { const live = $("#live"); live.textContent = ""; setTimeout(() => { live.textContent = text; }, 50); };

  // -- requests by htmx: one at a time, so that no key answers what is not up yet -------------------------------------
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb === "post") asking += 1;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig.verb === "post") asking -= 1;
    if (event.detail.successful) trouble("");
  });
  document.addEventListener("htmx:responseError", (event) => trouble(event.detail.xhr.responseText));
  document.addEventListener("htmx:sendError", () =>
    trouble("aftercall does not answer: it may have ended. What you answered is kept; start it again with: aftercall page"));
  document.addEventListener("htmx:afterSettle", () => arrived());

  // What has come up: it gets the focus, so that a screen reader reads it, and what was said with it is heard, too.
  const arrived = () => {
    stop();
    sound = null;
    const panel = $("#panel");
    const said = all("[data-say]").map((part) => part.textContent.trim()).join(" ");
    if (said) announce(said);
    if (!panel) return;
    const focus = $("[autofocus]", panel);
    if (focus && !panel.contains(document.activeElement)) focus.focus();
    if (panel.dataset.play) play(panel.dataset.play);
    if (panel.dataset.events) follow(panel);
  };

  // -- a recording, or what is being written down: told by the server as it goes on ------------------------------------
  let stream = null;
  const follow = (panel) => {
    stream?.close();
    stream = new EventSource(panel.dataset.events);
    const here_now = stream;
    const next = () => {
      here_now.close();
      if (document.contains(panel)) htmx.ajax("GET", panel.dataset.events.replace("/events", "/panel"), { target: "#panel", swap: "outerHTML" });
    };
    stream.addEventListener("over", next);
    stream.onmessage = (event) => {
      const facts = JSON.parse(event.data);
      if (facts.kind !== panel.dataset.kind) { next(); return; }
      for (const part of all("[data-live]", panel)) {
        const value = facts[part.dataset.live];
        if (part.tagName === "METER") part.value = value;
        else if (part.textContent !== value) {
          part.textContent = value;
          if (part.dataset.live === "offered" && value) announce(value);
        }
      }
    };
  };

  // -- files ------------------------------------------------------------------------------------------------------------
  const take = async (files) => {
    const told = [];
    for (const file of files) {
      announce(`importing ${file.name}`);
      const answer = await fetch("/import", { method: "POST", body: file, headers: {
        "HX-Request": "true", "X-Token": form_token, "X-Name": encodeURIComponent(file.name), "X-Modified": String(file.lastModified),
      } });
      if (!answer.ok) told.push(await answer.text());
    }
    if (told.length) trouble(told.join(" "));
    else location.assign("/");
  };
  $("#files")?.addEventListener("change", (event) => take(event.target.files));
  document.addEventListener("dragover", (event) => { if ($("#files")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!$("#files") || !event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });

  // -- keys: each button says which are its own -----------------------------------------------------------------------
  const typing = (target) => target.closest("input, textarea, select");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const { key, target } = event;
    if (typing(target)) {
      const details = target.closest("details");
      if (key === "Escape" && details && $("summary", details)) {
        details.open = false;
        ($("[autofocus]") || document.body).focus();
        event.preventDefault();
      } else if (key === "Enter" && !event.shiftKey && target.matches("[data-enter]")) {
        event.preventDefault();
        if (!asking) target.form.requestSubmit();
      } else if (key === "Escape") {
        press("Escape", event);
      }
      return;
    }
    if ((key === "Enter" || key === " ") && target.closest("button, a, summary")) return;
    if (key === "ArrowRight" || key === "ArrowLeft") {
      if (step(key === "ArrowRight" ? 1 : -1)) event.preventDefault();
      return;
    }
    press(key === " " ? "Space" : key, event);
  });
  const press = (key, event) => {
    const wanted = all("[data-key]").find((one) => one.dataset.key.split(" ").includes(key));
    if (!wanted) return;
    event.preventDefault();
    if (asking) return;
    wanted.click();
    if (wanted.matches("summary")) enter(wanted.parentElement);  // its "toggle" comes later, and letters before it
  };
  const enter = (details) => {
    const field = details.open && $("[data-open]", details);
    if (!field || field === document.activeElement) return;
    if (field.dataset.begun) tell(field.dataset.begun);
    field.focus();
    if (!field.setSelectionRange) return;
    const at = field.dataset.cursor === undefined ? field.value.length : Number(field.dataset.cursor);
    field.setSelectionRange(at, at);
  };
  document.addEventListener("toggle", (event) => enter(event.target), true);

  // -- the sound under the words --------------------------------------------------------------------------------------
  let context = null, playing = null, sound = null, asked = 0;
  const samples = async (what) => {
    const svg = $("#sound");
    if (!svg) return null;
    context ||= new AudioContext();
    await context.resume();
    if (what === "sentence" && sound) return sound;
    const answer = await fetch(svg.dataset.sound.replace("/sentence?", `/${what}?`));
    if (!answer.ok) { if (document.contains(svg)) trouble(await answer.text()); return null; }
    const decoded = await context.decodeAudioData(await answer.arrayBuffer());
    if (what === "sentence" && document.contains(svg)) sound = decoded;
    return decoded;
  };
  const stop = () => {
    asked += 1;
    if (playing) { playing.onended = null; playing.stop(); playing = null; }
    all(".w.lit").forEach((word) => word.classList.remove("lit"));
    $("#sound")?.classList.remove("playing");
  };
  const play = async (what, from = 0) => {
    stop();
    const mine = asked;
    const buffer = await samples(what);
    if (!buffer || mine !== asked) return;  // something else came up, or is to be heard, in the meantime
    playing = new AudioBufferSourceNode(context, { buffer });
    playing.connect(context.destination);
    playing.onended = stop;
    const began = context.currentTime - from;
    playing.start(0, from);
    if (what === "sentence") light(playing, began);
  };
  const light = (source, began) => {
    const svg = $("#sound"), head = $("#playhead"), words = all(".w[data-start]");
    const width = svg.viewBox.baseVal.width, seconds = Number(svg.dataset.seconds);
    svg.classList.add("playing");
    const frame = () => {
      if (playing !== source) return;
      const now = context.currentTime - began, x = Math.min(width, now / seconds * width);
      head.setAttribute("x1", x);
      head.setAttribute("x2", x);
      words.forEach((word) => word.classList.toggle("lit", now >= word.dataset.start && now < word.dataset.end));
      requestAnimationFrame(frame);
    };
    frame();
  };
  let at = -1;
  const step = (by) => {
    const words = all(".w[data-start]");
    if (!words.length) return false;
    const lit = words.findIndex((word) => word.classList.contains("lit"));
    at = Math.max(0, Math.min(words.length - 1, (lit >= 0 ? lit : Math.min(at, words.length - 1)) + by));
    announce(words[at].textContent);
    play("sentence", Number(words[at].dataset.start));
    return true;
  };
  document.addEventListener("click", (event) => {
    const word = event.target.closest(".w[data-start]"), svg = event.target.closest("#sound"), hear = event.target.closest("[data-play]");
    if (word) { at = all(".w[data-start]").indexOf(word); play("sentence", Number(word.dataset.start)); }
    else if (svg) { const box = svg.getBoundingClientRect(); play("sentence", Math.max(0, (event.clientX - box.left) / box.width * Number(svg.dataset.seconds))); }
    else if (hear && hear.tagName === "BUTTON") play(hear.dataset.play);
  });

  // -- what nobody looked at was not read: its time counts anew when the page is looked at again ----------------------
  const here = () => post("/here", { reading: $("#panel")?.dataset.reading || "" }).catch(() => {});
  document.addEventListener("visibilitychange", () => {
    here();
    const panel = $("#panel");
    if (document.visibilityState === "visible" && panel && $("[name=turn]", panel)) tell("shown");
  });
  setInterval(here, 20000);

  // -- a brief counts as read when it was on the screen ----------------------------------------------------------------
  const seen = () => {
    const main = $("[data-seen]");
    if (!main || document.visibilityState !== "visible") return;
    post(main.dataset.seen, {}).catch(() => {});
    delete main.dataset.seen;
  };
  document.addEventListener("visibilitychange", seen);
  seen();
  arrived();
})();
