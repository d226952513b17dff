import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { World } from './sdk-journeys-server.ts'
import { password } from './sdk-journeys-server.ts'
import { choose, linkInMail, press, signInElsewhere } from './sdk-turns.ts'
import { type Moment, outputOf, type Walk } from './sdk-walk.ts'
import type { ExportedWalk } from './sdk-walks-of-exports.ts'

// Walks that run the scripts of exported journeys.

const realm = '/alpha'
const as = (name: string, secret = password) => ({ NameCallback: name, PasswordCallback: secret })
const called = (name: string) => ({ NameCallback: name })
const kay = 'kay@example.com'
const phoneOfKay = '07700900123'

/** The code that was sent to an email address or telephone number. */
const codeSentTo = (address: string) => ({
  PasswordCallback: ({ world }: Moment<World>) => world.kept.get(address),
  ...press(1),
})
const wrongCode = { PasswordCallback: 'wrong', ...press(1) }

/** Names the journey in every request, where its scripts read it. */
const named = (journey: string) => ({
  journey,
  query: { authIndexType: 'service', authIndexValue: journey },
  keepsQuery: true,
})

const twice = (secret: string) => ({ PasswordCallback: [secret, secret] })
const registration = ({ kept }: World) => ({ token: kept.get('registration token') ?? '' })

/** The app creates a key and signs the challenge with it. */
async function bindPhone({ step }: Moment<World>) {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'phone', alg: 'ES256', use: 'sig' }
  const claims = { platform: 'android', challenge: String(outputOf(step, 'challenge')) }
  const jws = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, jwk })
    .setIssuer('com.example.app')
    .setSubject(String(outputOf(step, 'userId')))
    .setExpirationTime('1m')
    .sign(privateKey)
  return { jws, deviceName: 'Phone', deviceId: 'phone' }
}

const otherProviders: Walk<World>[] = ['google', 'facebook', 'azure'].map((provider) => ({
  journey: 'FrodoTestJourney4',
  does: `reads a profile of ${provider} without an email address`,
  turns: [{ SelectIdPCallback: provider }, (moment: Moment<World>) => signInElsewhere(moment)],
  fails: 'Login failure',
}))

const misconfigured: Walk<World>[] = ['misconfiguredGoogle - IAM-3089', 'misconfiguredFB - IAM-3089'].map(
  (provider) => ({
    journey: 'IAM-3089',
    does: `rejects a person of ${provider}`,
    turns: [{ SelectIdPCallback: provider }, (moment: Moment<World>) => signInElsewhere(moment)],
    fails: 'Login failure',
  }),
)

const inFile =
  (file: string) =>
  (walk: Walk<World>): ExportedWalk => ({ ...walk, file })

export const walksOfScripts: ExportedWalk[] = [
  ...[
    {
      ...named('CHWebFiling-Login'),
      does: 'accepts the code of a second email after a wrong code',
      turns: [called(kay), wrongCode, press(0), press(0), codeSentTo(kay)],
      succeeds: { realm },
    },
    {
      ...named('CHOnboarding'),
      does: 'accepts the code of a text message',
      turns: [called(kay), codeSentTo(phoneOfKay)],
      succeeds: { realm },
    },
    {
      ...named('CHOnboarding'),
      does: 'ends at a page after many wrong codes',
      turns: [called(kay), wrongCode, wrongCode, wrongCode, wrongCode],
      stays: 'Exceeded number of attempts - please try again later.',
    },
    {
      ...named('CHOnboarding'),
      does: 'ends at a page for a person without a telephone number',
      turns: [called('quiet'), {}],
      stays: 'Error: An error occurred',
    },
  ].map(inFile('ch-multi-factor-generic.json')),
  ...[
    {
      journey: 'CHVerifyReg',
      does: 'creates an account from a sealed token, with a long password',
      query: registration,
      turns: [twice('short-1'), twice('Registered-Pass-2026'), { BooleanAttributeInputCallback: true }],
      succeeds: { realm },
    },
    {
      journey: 'CHVerifyReg',
      does: 'recognises an existing account',
      query: registration,
      turns: [{}],
      stays: 'Error: An error occurred',
    },
  ].map(inFile('ch-registration-verify.json')),
  ...[
    {
      journey: 'CheckSession',
      does: 'rejects a person without a session',
      turns: [],
      stays: 'You must have an active session to proceed with this operation',
    },
    {
      journey: 'ManageConsent',
      does: 'asks for preferences',
      turns: [called(kay), { BooleanAttributeInputCallback: true }],
      succeeds: { realm },
    },
    {
      journey: 'ManageConsent',
      does: 'changes a preference with a call',
      query: { action: 'changeUpdates' },
      keepsQuery: true,
      turns: [called(kay), { ...choose(1), ...press(0) }],
      stays: 'Preferences have been updated',
    },
  ].map(inFile('ch-manage-email-consent.json')),
  ...[
    {
      journey: 'FrodoTestJourney13',
      does: 'signs in for the next walk',
      turns: [as('notified')],
      succeeds: { realm },
    },
    {
      journey: 'EndSessions',
      does: 'finds no session cookie and fails',
      query: { ForceAuth: 'true' },
      keepsCookies: true,
      turns: [called('notified')],
      fails: 'Login failure',
    },
  ].map(inFile('universal-single-logout.json')),
  ...[
    {
      journey: 'EndElsewhere',
      does: 'shows the answer of the other application',
      turns: [called('notified'), press(0)],
      succeeds: { realm },
    },
    {
      journey: 'EndElsewhere',
      does: 'finds no other session',
      turns: [called('quiet'), press(0)],
      fails: 'Login failure',
    },
  ].map(inFile('terminate-session-http.json')),
  ...[
    {
      journey: 'ChangeBrandingByOrg',
      does: 'continues from an email that a script configured',
      turns: [
        {},
        as('brand'),
        async (moment: Moment<World>) => moment.client.resume(await linkInMail('brand', moment)),
      ],
      succeeds: { realm },
    },
  ].map(inFile('config-provider-branding.json')),
  ...[
    {
      journey: 'DynamicPasswordPolicy_Login',
      does: 'asks for a new password if the policy is violated',
      turns: [as('policy'), { PasswordCallback: 'Longer-Walk-Pass-2026' }],
      succeeds: { realm },
    },
    {
      journey: 'DynamicPasswordPolicy_Login',
      does: 'accepts the new password',
      turns: [as('policy', 'Longer-Walk-Pass-2026')],
      succeeds: { realm },
    },
  ].map(inFile('dynamic-password-policy-login.json')),
  ...[
    {
      journey: 'device-bind',
      does: 'passes the device to a script',
      turns: [called('bound'), choose(5), { DeviceBindingCallback: bindPhone }, press(0)],
      succeeds: { realm },
    },
  ].map(inFile('device-bind.journey.json')),
  ...[
    {
      journey: 'FrodoTestJourney12',
      does: 'accepts the answers to a page of custom nodes',
      turns: [
        {
          ...as('code'),
          StringAttributeInputCallback: 'code@example.com',
          NumberAttributeInputCallback: 40,
          BooleanAttributeInputCallback: false,
          TermsAndConditionsCallback: true,
        },
      ],
      succeeds: { realm },
    },
  ].map(inFile('custom-nodes-frodo12.journey.json')),
  ...[
    {
      journey: 'Test',
      does: 'calculates, shows state and ends',
      turns: [{}, {}],
      fails: 'Login failure',
    },
    {
      journey: 'TokenForPartner',
      does: 'signs',
      turns: [called('code')],
      succeeds: { realm },
    },
  ].map(inFile('custom-nodes-all-property-types.journey.json')),
  ...otherProviders.map(inFile('frodo4-social-saml-inner.journey.json')),
  ...misconfigured.map(inFile('select-idp-social.json')),
]
