import { z } from 'zod'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { fail } from '../../engine/action.ts'
import { decisionContexts, defineNode, setting, textSetting } from '../define-node.ts'
import { namedKeys, runForResult, scriptErrors, stateKeys } from '../script-result.ts'

const everyKey = () => z.array(z.string()).default(['*'])

/**
 * Lets a script send callbacks and choose the outcome. A script that fails or chooses an unknown outcome ends the
 * journey. Source: "Scripted Decision node".
 */
export const scriptedDecision = defineNode({
  type: 'ScriptedDecisionNode',
  title: 'Scripted Decision',
  help: 'Runs a script that can send callbacks, change state and choose the outcome.',
  tags: ['utilities'],
  config: () =>
    z.object({
      script: textSetting('Script', 'The script to run.', nothingChosen, {
        to: 'script',
        contexts: decisionContexts,
      }),
      outcomes: setting(
        'Outcomes',
        'The outcomes that the script may choose from.',
        z.array(z.string()).default([]),
        'outcomes',
      ),
      inputs: setting(
        'Script Inputs',
        'State keys that the script may read. * for all.',
        everyKey(),
        'stateKeys',
      ),
      outputs: setting(
        'Script Outputs',
        'State keys that the script may write. * for any.',
        everyKey(),
        'stateKeys',
      ),
    }),
  outcomes: ({ outcomes }) => outcomes.map((outcome) => ({ id: outcome, displayName: outcome })),
  reads: ({ inputs }) => stateKeys(inputs),
  writes: ({ outputs }) => stateKeys(outputs),
  callbacks: { '*': 'Those that the script sends.' },
  suspends: true,
  errors: scriptErrors,
  requires: ({ inputs }) => namedKeys(inputs),
  needs: ['scripts'],
  reference: { outputs: 'whatever the script changes' },
  async run({ config, scripts, log }) {
    const { script, outcomes } = config
    const request = {
      script,
      as: 'decision',
      inputs: stateKeys(config.inputs),
      outputs: stateKeys(config.outputs),
    } as const
    const result = await runForResult({ scripts, log }, request, outcomes)
    return result.ok ? result.action : fail(result.reason)
  },
})
