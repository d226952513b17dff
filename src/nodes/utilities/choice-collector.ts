import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, setting } from '../define-node.ts'

/** Lets the user choose an outcome. A single choice is taken automatically. Source: "Choice Collector node". */
export const choiceCollector = defineNode({
  type: 'ChoiceCollectorNode',
  title: 'Choice Collector',
  help: 'Asks the user to choose. Each choice is an outcome.',
  tags: ['utilities'],
  family: 'collect',
  config: () =>
    z.object({
      choices: setting('Choices', 'The choices, in order.', z.array(z.string()).default([])),
      defaultChoice: setting(
        'Default Choice',
        'The preselected choice. Unset: the first.',
        z.string().exactOptional(),
      ),
      prompt: setting('Prompt', 'Text above the choices.', z.string().exactOptional()),
    }),
  outcomes: ({ choices }) => choices.map((choice) => ({ id: choice, displayName: choice })),
  callbacks: { ChoiceCallback: 'The choices.' },
  errors: { fail: { 'Choice Collector has no choices': '**Choices** is empty.' } },
  run({ config, answers }) {
    const { choices, prompt = '' } = config
    const [first, ...others] = choices
    if (first === undefined) return fail('Choice Collector has no choices')
    if (others.length === 0) return goTo(first)
    const chosen = choices[chosenIndex(answers, 'ChoiceCallback') ?? -1]
    if (chosen !== undefined) return goTo(chosen)
    const defaultChoice = Math.max(0, choices.indexOf(config.defaultChoice ?? ''))
    return send([callback('ChoiceCallback', { prompt, choices, defaultChoice }, { '': defaultChoice })])
  },
})
