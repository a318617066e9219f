/* A side bar that was opened as a dialog gives the focus back, when it closes, to the button that opened it. */
for (const side of ["primary", "secondary"]) {
  document.getElementById(`pst-${side}-sidebar-modal`)?.addEventListener("close", () => {
    setTimeout(() => document.querySelector(`button.${side}-toggle`)?.focus());
  });
}
