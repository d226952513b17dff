import { goTo, send } from '../../engine/action.ts'
import { textOutput } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { recoveryCodesToShow } from './multi-factor.ts'

/** Shows new recovery codes once. Source: "Recovery Code Display node". */
export const recoveryCodeDisplay = defineNode({
  type: 'RecoveryCodeDisplayNode',
  title: 'Recovery Code Display Node',
  help: 'Shows the recovery codes of a device that was just registered. Without codes, the journey continues immediately.',
  tags: ['multi-factor authentication'],
  outcomes: singleOutcome,
  reads: () => Object.values(recoveryCodesToShow),
  callbacks: { TextOutputCallback: 'A script that shows the codes.' },
  reference: {
    outputs: 'the recovery codes, which are removed from state',
    keys: {
      [recoveryCodesToShow.codes]: 'New recovery codes.',
      [recoveryCodesToShow.deviceName]: 'Name of the device that they can replace.',
    },
  },
  run({ state }) {
    const codes = state.get(recoveryCodesToShow.codes)
    if (!Array.isArray(codes) || codes.length === 0) return goTo('outcome')
    const deviceName = state.getText(recoveryCodesToShow.deviceName) ?? ''
    state.remove(recoveryCodesToShow.codes).remove(recoveryCodesToShow.deviceName)
    return send([textOutput(script(codes.map(String), deviceName), '4')])
  },
})

/** SDKs read the codes from the script: each is on its own line, before an escaped line break. */
function script(codes: readonly string[], deviceName: string): string {
  const name = deviceName.replace(/[&<>"'\\\n]/g, ' ')
  const lines = [
    '<h2>Your Recovery Codes</h2>',
    '<p>You must make a copy of these recovery codes. They cannot be displayed again.</p>',
    ...codes,
    '<p>Use one of these codes to authenticate if you lose your device, which has been named:</p>',
    `<em>${name}</em>`,
  ]
  return `var recoveryCodes = document.createElement('pre');
recoveryCodes.innerHTML =
${lines.map((line) => `  "${line}\\n"`).join(' +\n')};
(document.getElementById('callback_0') || document.body).appendChild(recoveryCodes);`
}
