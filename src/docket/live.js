(async () => {
  const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const status = document.getElementById("live");
  const own = document.body.dataset.version;
  for (;;) {
    try {
      const answer = await fetch(`/changed?since=${encodeURIComponent(own)}`, { cache: "no-store" });
      if (answer.status === 200) {
        if (await answer.text() !== own) return location.reload();
      } else if (answer.status !== 204) {
        await pause(2);
      }
    } catch {
      status.textContent = "latefile serve does not answer; this page may be out of date.";
      await pause(1);
    }
  }
})();
