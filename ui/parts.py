"""What the parts of the page share: how our own HTML asks the server, what events have in common.

This module does not know which parts there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.beside import Beside

# Buttons of our own HTML say what they are for; a name that was changed says so too. Their text is data, never code.
_ACT = """
const act = (node) => trigger(node.dataset.action === 'export' ? 'export' : 'act', {
  action: node.dataset.action, text: node.dataset.text ?? node.value ?? '', turn: Number(node.dataset.turn ?? -1)});
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-action]');
  if (!button) return;
  if (button.dataset.confirm && button.textContent !== button.dataset.confirm) {
    button.textContent = button.dataset.confirm;
    button.removeAttribute('aria-label');
    return;
  }
  button.closest('details')?.removeAttribute('open');
  act(button);
});
element.addEventListener('change', (event) => { if (event.target.matches('input[data-action]')) act(event.target); });
"""
# A page is drawn when its place is opened. `toggle` does not bubble, hence the capture.
_PICTURE = """
element.addEventListener('toggle', async (event) => {
  const place = event.target;
  if (!place.matches('details.printed') || !place.open || place.dataset.asked) return;
  place.dataset.asked = 'yes';
  const said = place.querySelector('p');
  const source = await server.picture(place.dataset.place).catch(() => '');
  if (!source) { said.textContent = 'This page cannot be shown.'; return; }
  const image = new Image();
  image.alt = `${place.querySelector('summary').textContent}, with the quote boxed`;
  image.src = source;
  said.replaceWith(image);
}, true);
"""
# The card shows another passage until it goes back to its quote. What comes from a report is escaped by the server.
_BESIDE = """
element.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-step]');
  if (!button) return;
  const steps = button.closest('.steps'), card = steps.closest('.card'), by = Number(button.dataset.step);
  const around = card.querySelector('.around'), names = ['section', 'page'];
  const [section, page] = names.map((name) => card.querySelector('.' + name));
  const from = Number(steps.dataset.at ?? 0), at = by && from + by;
  if (!from) steps.quoted = {section: section.textContent, page: page.textContent, around: around.innerHTML};
  const said = steps.querySelector('[role=status]');
  const found = at ? await server.beside(`${steps.dataset.passage} ${at}`).catch(() => null) : steps.quoted;
  if (!found) { said.textContent = by < 0 ? 'The report begins here.' : 'The report ends here.'; return; }
  steps.dataset.at = at;
  section.textContent = found.section;
  page.textContent = found.page;
  around.innerHTML = found.around;
  card.classList.toggle('elsewhere', at !== 0);
  steps.querySelector('[data-step="0"]').hidden = at === 0;
  const many = Math.abs(at) === 1 ? 'passage' : 'passages';
  said.textContent = at ? `${Math.abs(at)} ${many} ${at < 0 ? 'before' : 'after'} the quote` : '';
});
"""
DOWNLOAD = "() => { setTimeout(() => document.querySelector('#download')?.click(), 100); }"
# Of the page alone: no part of the HTTP interface.
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def plain(name: str) -> dict[str, Any]:
    """For HTML that only shows something."""
    return {"elem_id": name, "js_on_load": None, "apply_default_css": False}


def reading(name: str, beside: Beside, picture: Callable[[str], str] | None = None) -> dict[str, Any]:
    """For HTML with evidence cards; their buttons may ask the server, as those of `acting` do.

    Args:
        name: The HTML's id.
        beside: A function named `beside`: gives the passage so many steps from another, see `ui.beside`.
        picture: A function named `picture`: gives the picture of a place as a data URI, empty where there is none.
    """
    functions, scripts = ([beside], _BESIDE) if picture is None else ([beside, picture], _BESIDE + _PICTURE)
    return {"elem_id": name, "js_on_load": _ACT + scripts, "apply_default_css": False, "server_functions": functions}


def acting(name: str) -> dict[str, Any]:
    """For HTML whose buttons ask the server: it has the events `act` and `export`."""
    return {"elem_id": name, "js_on_load": _ACT, "apply_default_css": False}
