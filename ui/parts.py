"""What the parts of the page share: how our own HTML asks the server, what events have in common.

This module does not know which parts there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
DOWNLOAD = "() => { setTimeout(() => document.querySelector('#download')?.click(), 100); }"
# Of the page alone: no part of the HTTP interface.
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def plain(name: str) -> dict[str, Any]:
    """For HTML that only shows something."""
    return {"elem_id": name, "js_on_load": None, "apply_default_css": False}


def picturing(name: str, picture: Callable[[str], str]) -> dict[str, Any]:
    """For HTML with places that show a page once they are opened.

    Args:
        name: The HTML's id.
        picture: A function named `picture`: gives the picture of a place as a data URI, empty where there is none.
    """
    return {"elem_id": name, "js_on_load": _PICTURE, "apply_default_css": False, "server_functions": [picture]}


def acting(name: str) -> dict[str, Any]:
    """For HTML whose buttons ask the server: it has the events `act` and `export`."""
    return {"elem_id": name, "js_on_load": _ACT, "apply_default_css": False}
