import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { localise } from '../../base/locale.ts'
import { goTo, send } from '../../engine/action.ts'
import { type Answer, callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, flagSetting, localisedSetting } from '../define-node.ts'
import { type Question, questionsOf } from './kba.ts'
import { container, storeAttribute } from './object-attributes.ts'

const config = () =>
  z.object({
    message: localisedSetting('Purpose Message', 'Text above the questions, by locale.'),
    allowUserDefinedQuestions: flagSetting(
      'Allow User-Defined Questions',
      'Lets people write their own questions. Otherwise they choose from the realm’s.',
      true,
    ),
  })

type Chosen = { question: string; answer: string }

/** Asks for security questions with answers. Source: "KBA Definition node". */
export const kbaCreate = defineNode({
  type: 'KbaCreateNode',
  title: 'KBA Definition',
  help: 'Asks the person to choose and answer security questions. The realm sets their number, and all must differ.',
  tags: ['identity management'],
  family: 'collect',
  config,
  outcomes: singleOutcome,
  reads: () => [container],
  writes: () => [container],
  callbacks: { KbaCreateCallback: 'A question and its answer, one callback for each.' },
  needs: ['selfService'],
  run({ config, state, answers, selfService: { kba }, request: { locales } }) {
    const { allowUserDefinedQuestions } = config
    const questions = questionsOf(kba, locales)
    const chosen = answers
      .filter(({ type }) => type === 'KbaCreateCallback')
      .map((answer) => chosenIn(answer, questions))
    const entries = chosen.flatMap((each) => entryOf(each, questions, allowUserDefinedQuestions))
    const prompt = localise(config.message, locales, 'Select a security question.')
    const output = {
      prompt,
      predefinedQuestions: questions.map(({ text }) => text),
      allowUserDefinedQuestions,
    }
    const ask = Array.from({ length: kba.minimumAnswersToDefine }, (_, place) =>
      callback('KbaCreateCallback', output, chosen[place]),
    )
    const [first, ...rest] = ask
    if (first === undefined) return goTo('outcome')
    if (entries.length < ask.length || hasDuplicates(chosen)) return send([first, ...rest])
    storeAttribute(state, 'transient', kba.kbaPropertyName, entries)
    return goTo('outcome')
  },
})

/** The vendor's login widget sends the index of a question instead of its text. */
function chosenIn({ input }: Answer, questions: readonly Question[]): Chosen {
  const question = String(input.question ?? '').trim()
  const placed = /^\d{1,3}$/.test(question) ? questions[Number(question)] : undefined
  return { question: placed?.text ?? question, answer: String(input.answer ?? '') }
}

/** @returns nothing for blank values and for questions that are not allowed */
function entryOf(
  { question, answer }: Chosen,
  questions: readonly Question[],
  isAnyAllowed: boolean,
): JsonObject[] {
  const known = questions.find(({ text }) => text === question)
  if (question === '' || answer.trim() === '' || (known === undefined && !isAnyAllowed)) return []
  return [known === undefined ? { customQuestion: question, answer } : { questionId: known.id, answer }]
}

/** Compares questions without case, spaces and punctuation. */
function hasDuplicates(chosen: readonly Chosen[]): boolean {
  const bare = chosen.map(({ question }) => question.replaceAll(/[^\p{L}\p{M}\p{N}_]/gu, '').toLowerCase())
  return new Set(bare).size < bare.length
}
