"""What the parts of the page share: how our own HTML asks the server, what events have in common.

This module does not know which parts there are.
"""

from __future__ import annotations

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
DOWNLOAD = "() => { setTimeout(() => document.querySelector('#download')?.click(), 100); }"
# Of the page alone: no part of the HTTP interface.
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def plain(name: str) -> dict[str, Any]:
    """For HTML that only shows something."""
    return {"elem_id": name, "js_on_load": None, "apply_default_css": False}


def acting(name: str) -> dict[str, Any]:
    """For HTML whose buttons ask the server: it has the events `act` and `export`."""
    return {"elem_id": name, "js_on_load": _ACT, "apply_default_css": False}
