/** Beside a lesson there is room for one panel: whichever opens closes the other. */

type PanelName = 'notes' | 'tutor'

const EVENT = 'smartlms-side-panel'

/** Says that a panel opens. */
export function tellPanels(name: PanelName): void {
  dispatchEvent(new CustomEvent(EVENT, { detail: name }))
}

/** Calls `close` when another panel opens. @returns ends that */
export function onOtherPanel(name: PanelName, close: () => void): () => void {
  const listen = (event: Event): void => {
    if (event instanceof CustomEvent && event.detail !== name) close()
  }
  addEventListener(EVENT, listen)
  return () => removeEventListener(EVENT, listen)
}
