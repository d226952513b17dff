import type { World } from './sdk-journeys-server.ts'
import { password } from './sdk-journeys-server.ts'
import { choose, codeOfApp, press, scan, usedCode } from './sdk-turns.ts'
import type { Walk } from './sdk-walk.ts'

/** A walk through an exported journey, and its file. */
export type ExportedWalk = Walk<World> & { file: string }

const as = (name: string) => ({ NameCallback: name, PasswordCallback: password })
const realm = '/alpha'
const wrong = { NameCallback: 'lock', PasswordCallback: 'wrong' }

export const walksOfExports: ExportedWalk[] = [
  {
    file: 'choice-collector.journey.json',
    journey: 'ChoiceCallbackTest',
    does: 'accepts yes',
    turns: [as('code'), choose(0)],
    succeeds: { realm },
  },
  {
    file: 'choice-collector.journey.json',
    journey: 'ChoiceCallbackTest',
    does: 'ends with no',
    turns: [as('code'), choose(1)],
    fails: 'Login failure',
  },
  {
    file: 'retry-limit-lockout.journey.json',
    journey: 'RetryLimit',
    does: 'signs in',
    turns: [{ NameCallback: 'lock' }, { PasswordCallback: password }],
    succeeds: { realm },
  },
  {
    file: 'retry-limit-lockout.journey.json',
    journey: 'RetryLimit',
    does: 'locks after four tries',
    turns: [1, 2, 3, 4].flatMap(() => [{ NameCallback: 'lock' }, { PasswordCallback: 'wrong' }]),
    fails: 'Login failure',
  },
  {
    file: 'persistent-cookie.journey.json',
    journey: 'PersistentCookie',
    does: 'remembers the browser',
    turns: [{ NameCallback: 'code' }, { PasswordCallback: password }],
    succeeds: { realm },
  },
  {
    file: 'persistent-cookie.journey.json',
    journey: 'PersistentCookie',
    does: 'recognises the browser',
    query: { ForceAuth: 'true' },
    keepsCookies: true,
    turns: [],
    succeeds: { realm },
  },
  {
    file: 'pagenode-v2-frodo13.journey.json',
    journey: 'FrodoTestJourney13',
    does: 'signs in',
    turns: [as('code')],
    succeeds: { realm },
  },
  {
    file: 'pagenode-v2-frodo13.journey.json',
    journey: 'FrodoTestJourney13',
    does: 'rejects a wrong password',
    turns: [wrong],
    fails: 'Login failure',
  },
  {
    file: 'metadata-setstate.journey.json',
    journey: 'MetadataCallbackTest',
    does: 'shows metadata next to a choice',
    turns: [as('code'), { MetadataCallback: undefined, ...choose(0) }],
    succeeds: { realm },
  },
  {
    file: 'metadata-setstate.journey.json',
    journey: 'MetadataCallbackTest',
    does: 'ends with no',
    turns: [as('code'), choose(1)],
    fails: 'Login failure',
  },
  {
    file: 'polling-wait.journey.json',
    journey: 'PollingWaitCallbackTest',
    does: 'is left early',
    turns: [as('code'), { PollingWaitCallback: undefined, ...press(0) }],
    succeeds: { realm },
  },
  {
    file: 'text-output-legacy-script.journey.json',
    journey: 'TextOutputCallbackTest',
    // Its script expects clients that don't send back TextOutputCallbacks with scripts; these clients send
    // them.
    does: 'rejects all texts sent back to a legacy script',
    turns: [{ NameCallback: 'code' }, { PasswordCallback: password }, { TextOutputCallback: undefined }],
    fails: 'Login failure',
  },
  {
    file: 'kba-create.journey.json',
    journey: 'KbaCreateCallbackTest',
    does: 'asks for questions',
    turns: [
      as('kba'),
      {
        KbaCreateCallback: [
          { question: 'My horse?', answer: 'Max' },
          { question: 'My bird?', answer: 'Tim' },
        ],
      },
    ],
    succeeds: { realm },
  },
  {
    file: 'kba-create.journey.json',
    journey: 'KbaCreateCallbackTest',
    does: 'rejects a wrong password',
    turns: [wrong],
    fails: 'Login failure',
  },
  {
    file: 'agent-zeropage.journey.json',
    journey: 'Agent',
    does: 'signs in with headers',
    headers: { 'x-openam-username': 'web-agent', 'x-openam-password': 'Agent-Pass-2026' },
    turns: [],
    succeeds: { realm },
  },
  {
    file: 'agent-zeropage.journey.json',
    journey: 'Agent',
    does: 'rejects people',
    turns: [as('code')],
    fails: 'Login failure',
  },
  {
    file: 'oath-registration.journey.json',
    journey: 'oath_registration',
    does: 'registers an app and accepts its code',
    turns: [as('app'), { ConfirmationCallback: scan }, { NameCallback: codeOfApp, ...press(0) }],
    succeeds: { realm },
  },
  {
    file: 'oath-registration.journey.json',
    journey: 'oath_registration',
    does: 'accepts each code once',
    turns: [as('app'), { NameCallback: usedCode, ...press(0) }],
    fails: 'Login failure',
  },
  {
    file: 'terms-and-conditions-cloud.json',
    journey: 'QA - Accept Terms and Conditions',
    does: 'asks for the terms',
    turns: [as('terms'), { TermsAndConditionsCallback: true }],
    succeeds: { realm },
  },
  {
    file: 'terms-and-conditions-cloud.json',
    journey: 'QA - Accept Terms and Conditions',
    does: 'asks for the terms once',
    turns: [as('terms')],
    succeeds: { realm },
  },
  {
    file: 'registration-translated.json',
    journey: 'Registration - Translated',
    does: 'can be declined at its start',
    turns: [press(1)],
    fails: 'Login failure',
  },
  {
    file: 'choice-collectors-forgeops.json',
    journey: 'QA - Choice Collectors',
    does: 'shows buttons',
    turns: [as('code'), choose(0), press(0)],
    succeeds: { realm },
  },
  {
    file: 'custom-nodes-frodo12.journey.json',
    journey: 'FrodoTestJourney12',
    does: 'shows a page of custom nodes with different callbacks, and rejects empty answers',
    turns: [{}],
    fails: 'Login failure',
  },
  {
    file: 'config-provider-branding.json',
    journey: 'ChangeBrandingByOrg',
    does: 'runs scripts that look for a missing organization',
    query: { orgId: 'larkfield' },
    turns: [as('code')],
    fails: 'Login failure',
  },
  {
    file: 'dynamic-password-policy-login.json',
    journey: 'DynamicPasswordPolicy_Login',
    does: 'fails in a script for a missing organization',
    query: { orgId: 'larkfield' },
    turns: [],
    fails: 'Login failure',
  },
  {
    file: 'terminate-session-http.json',
    journey: 'Pt 2_Terminate Session with API Call',
    does: 'says that the person is unknown',
    turns: [press(0)],
    fails: 'Login failure',
  },
]
