import { z } from 'zod'
import { type LocalisedText, localise } from '../../base/locale.ts'
import { goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, localisedSetting, setting } from '../define-node.ts'

/** Shows a text with two buttons. Source: "Message node". */
export const message = defineNode({
  type: 'MessageNode',
  title: 'Message Node',
  help: 'Shows a text with two buttons. The chosen button is the outcome.',
  tags: ['utilities'],
  family: 'collect',
  config: () =>
    z.object({
      message: localisedSetting('Message', 'Text by locale.'),
      messageYes: localisedSetting('Positive answer', 'Label of the first button by locale.'),
      messageNo: localisedSetting('Negative answer', 'Label of the second button by locale.'),
      stateField: setting(
        'Shared State Property Name',
        'Shared state key for the index of the chosen button, 0 or 1.',
        z.string().exactOptional(),
        'stateKey',
      ),
    }),
  outcomes: decisionOutcomes,
  writes: ({ stateField }) => (stateField ? [stateField] : []),
  callbacks: { TextOutputCallback: 'The text.', ConfirmationCallback: 'The two buttons.' },
  reference: {
    outcomes: { true: 'The person chose the first button.', false: 'The person chose the second button.' },
  },
  run({ config, answers, state, request }) {
    const chosen = chosenIndex(answers, 'ConfirmationCallback')
    if (config.stateField) state.putShared(config.stateField, chosen ?? null)
    if (chosen !== undefined) return goTo(chosen === 0 ? 'true' : 'false')
    const inWords = (text: LocalisedText, fallback: string) => localise(text, request.locales, fallback)
    return send([
      textOutput(inWords(config.message, 'Default message')),
      callback('ConfirmationCallback', {
        prompt: '',
        messageType: 0,
        options: [inWords(config.messageYes, 'Yes'), inWords(config.messageNo, 'No')],
        optionType: -1,
        defaultOption: 1,
      }),
    ])
  },
})
