import type { World } from './sdk-journeys-server.ts'
import { password } from './sdk-journeys-server.ts'
import { choose, codeOfApp, press, scan, usedCode } from './sdk-turns.ts'
import type { Walk } from './sdk-walk.ts'

/** A walk of a journey that somebody exported, and the file that it is in. */
export type ExportedWalk = Walk<World> & { file: string }

const as = (name: string) => ({ NameCallback: name, PasswordCallback: password })
const realm = '/alpha'
const wrong = { NameCallback: 'lock', PasswordCallback: 'wrong' }

export const walksOfExports: ExportedWalk[] = [
  {
    file: 'choice-collector.journey.json',
    journey: 'ChoiceCallbackTest',
    does: 'takes yes',
    turns: [as('code'), choose(0)],
    succeeds: { realm },
  },
  {
    file: 'choice-collector.journey.json',
    journey: 'ChoiceCallbackTest',
    does: 'takes no',
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
    does: 'knows the browser again',
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
    does: 'refuses a wrong password',
    turns: [wrong],
    fails: 'Login failure',
  },
  {
    file: 'metadata-setstate.journey.json',
    journey: 'MetadataCallbackTest',
    does: 'shows metadata beside a choice',
    turns: [as('code'), { MetadataCallback: undefined, ...choose(0) }],
    succeeds: { realm },
  },
  {
    file: 'metadata-setstate.journey.json',
    journey: 'MetadataCallbackTest',
    does: 'takes no',
    turns: [as('code'), choose(1)],
    fails: 'Login failure',
  },
  {
    file: 'polling-wait.journey.json',
    journey: 'PollingWaitCallbackTest',
    does: 'is left',
    turns: [as('code'), { PollingWaitCallback: undefined, ...press(0) }],
    succeeds: { realm },
  },
  {
    file: 'text-output-legacy-script.journey.json',
    journey: 'TextOutputCallbackTest',
    // Its script is for clients that take texts of the type for scripts out of the step, which these do not.
    does: 'refuses by a legacy script who sends all its texts back',
    turns: [{ NameCallback: 'code' }, { PasswordCallback: password }, { TextOutputCallback: undefined }],
    fails: 'Login failure',
  },
  {
    file: 'kba-create.journey.json',
    journey: 'KbaCreateCallbackTest',
    does: 'has questions written',
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
    does: 'refuses a wrong password',
    turns: [wrong],
    fails: 'Login failure',
  },
  {
    file: 'agent-zeropage.journey.json',
    journey: 'Agent',
    does: 'takes the headers',
    headers: { 'x-openam-username': 'web-agent', 'x-openam-password': 'Agent-Pass-2026' },
    turns: [],
    succeeds: { realm },
  },
  {
    file: 'agent-zeropage.journey.json',
    journey: 'Agent',
    does: 'refuses people',
    turns: [as('code')],
    fails: 'Login failure',
  },
  {
    file: 'oath-registration.journey.json',
    journey: 'oath_registration',
    does: 'registers an app and takes its code',
    turns: [as('app'), { ConfirmationCallback: scan }, { NameCallback: codeOfApp, ...press(0) }],
    succeeds: { realm },
  },
  {
    file: 'oath-registration.journey.json',
    journey: 'oath_registration',
    does: 'takes no code twice',
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
    does: 'asks for them once',
    turns: [as('terms')],
    succeeds: { realm },
  },
  {
    file: 'registration-translated.json',
    journey: 'Registration - Translated',
    does: 'is not begun',
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
    does: 'shows a page of custom nodes, each with another callback, and refuses who says nothing',
    turns: [{}],
    fails: 'Login failure',
  },
  {
    file: 'config-provider-branding.json',
    journey: 'ChangeBrandingByOrg',
    does: 'goes through scripts that look for an organization which is not there',
    query: { orgId: 'larkfield' },
    turns: [as('code')],
    fails: 'Login failure',
  },
  {
    file: 'dynamic-password-policy-login.json',
    journey: 'DynamicPasswordPolicy_Login',
    does: 'fails by a script for an organization that is not there',
    query: { orgId: 'larkfield' },
    turns: [],
    fails: 'Login failure',
  },
  {
    file: 'terminate-session-http.json',
    journey: 'Pt 2_Terminate Session with API Call',
    does: 'says that there is nobody',
    turns: [press(0)],
    fails: 'Login failure',
  },
]
