import { expect, test } from 'vitest'
import { complaints, type SampleJourney } from '../../../../test/support/lint-realm.ts'
import type { JsonObject } from '../../../base/json.ts'
import { failureId, successId } from '../../../engine/journey.ts'

const rule = 'missing-translation'

const said = (main: SampleJourney) =>
  complaints(rule, { journeys: { Main: main } }).map(({ nodeId, setting, message }) => [
    nodeId,
    setting,
    message,
  ])

/** A page with these texts, and a message with others. */
const journey = (page: JsonObject, message: JsonObject, childText: JsonObject = {}): SampleJourney => ({
  nodes: {
    page: {
      type: 'PageNode',
      config: page,
      children: {
        wait: { type: 'KbaCreateNode', config: { message: childText } },
        name: { type: 'UsernameCollectorNode' },
      },
      to: { outcome: 'ask' },
    },
    ask: { type: 'MessageNode', config: message, to: { true: successId, false: failureId } },
  },
})

const both = { en: 'Sign in', de: 'Anmelden' }

test.each<[string, JsonObject, JsonObject]>([
  ['no texts', {}, {}],
  ['one language', { pageHeader: { en: 'Sign in' } }, { message: { en: 'Go on?' } }],
  ['all languages in all texts', { pageHeader: both, pageDescription: both }, { message: both }],
  ['texts in the same order or another', { pageHeader: both }, { message: { de: 'Weiter?', en: 'Go on?' } }],
  ['a variant of a language', { pageHeader: both }, { message: { 'en-GB': 'Go on?', de_DE: 'Weiter?' } }],
  [
    'empty texts beside others',
    { pageHeader: both, pageDescription: { en: '', de: ' ' } },
    { messageYes: {} },
  ],
])('accepts %s', (_what, page, message) => {
  expect(said(journey(page, message))).toEqual([])
})

test('names the node, the setting and the languages of each text that lacks some', () => {
  const three = { ...both, fr: 'Se connecter' }
  expect(said(journey({ pageHeader: three }, { message: { en: 'Go on?' }, messageYes: both }))).toEqual([
    ['ask', 'message', "Setting 'message' of 'Node ask' has no text in de, fr."],
    ['ask', 'messageYes', "Setting 'messageYes' of 'Node ask' has no text in fr."],
  ])
})

test('counts an empty text as missing', () => {
  expect(said(journey({ pageHeader: both }, { message: { en: 'Go on?', de: '  ' } }))).toEqual([
    ['ask', 'message', "Setting 'message' of 'Node ask' has no text in de."],
  ])
})

test('looks at the nodes of a page', () => {
  expect(said(journey({ pageHeader: both }, {}, { en: 'Choose a question' }))).toEqual([
    ['wait', 'message', "Setting 'message' of 'Node wait' has no text in de."],
  ])
})

test('reports a text in the wrong language once, not the others', () => {
  const page = { pageHeader: { en: 'Sign in' }, pageDescription: { en: 'With your name' } }
  expect(said(journey(page, { message: { et: 'Edasi?' } }))).toEqual([
    ['ask', 'message', "Setting 'message' of 'Node ask' has no text in en."],
  ])
})

test('accepts the default text of a node type, which our sign-in page translates', () => {
  const message = {
    en: 'An email has been sent to the address you entered. Click the link in that email to proceed.',
  }
  const nodes = (emailSuspendMessage: JsonObject): SampleJourney['nodes'] => ({
    ask: { type: 'MessageNode', config: { message: both }, to: { true: 'mail', false: failureId } },
    mail: {
      type: 'EmailSuspendNode',
      config: { emailTemplateName: 'welcome', emailSuspendMessage },
      to: { outcome: successId },
    },
  })
  expect(said({ nodes: nodes(message) })).toEqual([])
  expect(said({ nodes: nodes({ en: 'Look at your mail.' }) })).toEqual([
    ['mail', 'emailSuspendMessage', "Setting 'emailSuspendMessage' of 'Node mail' has no text in de."],
  ])
})

test('ignores texts of nodes that never run', () => {
  const { nodes } = journey({ pageHeader: { en: 'Sign in' } }, {})
  const lost = { type: 'MessageNode', config: { message: both } }
  expect(said({ nodes: { ...nodes, lost } })).toEqual([])
})
