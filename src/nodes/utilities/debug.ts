import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { isSecretState } from '../../base/looks-secret.ts'
import { goTo, send } from '../../engine/action.ts'
import { textOutput } from '../../engine/callbacks.ts'
import type { StateSnapshot } from '../../engine/node-state.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, flagSetting } from '../define-node.ts'

/** Shows state to developers of journeys. Private state is listed by key only. Source: "Debug node". */
export const debug = defineNode({
  type: 'DebugNode',
  title: 'Debug Node',
  help: 'Writes the state of the journey to the debug log and shows it in a browser window. Not for production.',
  tags: ['utilities'],
  config: () =>
    z.object({
      popupEnabled: flagSetting('Enable Debug Popup', 'Opens a browser window with the state.', true),
    }),
  outcomes: singleOutcome,
  // Declares no reads: reading everything would make private state outlive the request.
  callbacks: {
    TextOutputCallback:
      'Scripts that show the state and continue, and a title for clients that don’t run scripts.',
  },
  reference: { inputs: 'all state, but only the keys of private state' },
  run({ config, state, answers, realm, log }) {
    if (answers.length > 0) return goTo('outcome')
    const shown = JSON.stringify({ realm, ...shownState(state.snapshot()) }, null, 2)
    log.debug(`DebugNode: ${shown}`)
    const show = config.popupEnabled ? `window.sidegateDebug.show(${JSON.stringify(shown)});` : ''
    return send([
      textOutput(browserScript, '4'),
      textOutput(`${show}window.sidegateDebug.goOn();`, '4'),
      textOutput('Debug Step'),
    ])
  },
})

const mask = '***'

/** Shared state with likely secrets masked, and the keys of private state. */
export function shownState({ shared, secure, transient }: StateSnapshot): JsonObject {
  const named = (state: JsonObject) => Object.fromEntries(Object.keys(state).map((key) => [key, mask]))
  return { shared: masked(shared), secure: named(secure), transient: named(transient) }
}

function masked(shared: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(shared), (key, value) => (isSecretState(key) ? mask : value))
}

/** Runs in the browser, in pages that support script callbacks. */
const browserScript = `window.sidegateDebug = window.sidegateDebug || {
  show: function (text) {
    var popup = window.open('', 'sidegateDebug', 'width=600,height=800');
    if (!popup) return;
    var block = popup.document.createElement('pre');
    block.textContent = text;
    popup.document.title = 'Debug';
    popup.document.body.appendChild(block);
  },
  goOn: function () {
    var button = document.querySelector('[type=submit]');
    if (button) button.click();
  }
};`
