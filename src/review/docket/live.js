(async () => {
  const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const status = document.getElementById("live");
  const frame = document.getElementById("document");
  const { version, id = "" } = document.body.dataset;
  const place = `place ${location.pathname}`;

  // A document is read on where it was left.
  const inside = () => { try { return frame && frame.contentWindow; } catch { return null; } };
  const leave = () => {
    try { if (inside()) sessionStorage.setItem(place, inside().scrollY); } catch { /* a PDF does not tell */ }
    location.reload();
  };
  const back = () => {
    try { inside().scrollTo(0, Number(sessionStorage.getItem(place))); } catch { /* nor does it take */ }
    sessionStorage.removeItem(place);
  };
  if (frame && sessionStorage.getItem(place)) frame.addEventListener("load", back, { once: true });

  for (;;) {
    try {
      const answer = await fetch(`/changed?id=${id}&since=${version}`, { cache: "no-store" });
      if (answer.status === 200) return leave();
      if (answer.status !== 204) await pause(2);
    } catch {
      status.textContent = "latefile serve does not answer; this page may be out of date.";
      await pause(1);
    }
  }
})();
