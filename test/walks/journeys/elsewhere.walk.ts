import { SignJWT } from 'jose'
import type { WalkFile } from '../../../bin/test.d.ts'
import type { Moment } from '../../../src/testing/walk-file.ts'
import { outputOn, signInBySaml, signInElsewhere } from '../../support/walk-answers.ts'
import { directoryPassword, services } from '../../support/walk-services.ts'

// People who sign in at a directory or another provider, and tools with keys.

const fromProvider = { givenName: 'Ann', sn: 'Lee', mail: 'ann@example.com', aliasList: ['ours-ann-1'] }
const fromSaml = { userName: 'sam', givenName: 'Sam', sn: 'Lee', mail: 'sam@example.com' }
const bySaml = (content?: Parameters<typeof signInBySaml>[1]) => ({
  redirect: (moment: Moment) => signInBySaml(moment, content),
})
const again = (journey: string) => ({ start: { journey, query: { ForceAuth: 'true' } } })

/** A token signed with the tool's key, with the nonce of the page. */
function toolToken(moment: Moment): Promise<string> {
  const claims = { sub: 'alex', nonce: outputOn(moment, 'value') }
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA' }).setExpirationTime('1m')
  return token.sign(services().toolKey.privateKey)
}

export default {
  people: { alex: { givenName: 'Alex', sn: 'Caller', mail: 'alex@example.com' } },
  walks: [
    {
      it: 'accepts the password of the directory',
      journey: 'DirectoryLogin',
      steps: [{ answer: { NameCallback: 'alex', PasswordCallback: directoryPassword } }],
      ends: { success: { realm: '/alpha' } },
    },
    {
      it: 'rejects another password',
      journey: 'DirectoryLogin',
      steps: [{ answer: { NameCallback: 'alex', PasswordCallback: '${alex.password}' } }],
      ends: { failure: 'The directory says no' },
    },
    {
      it: 'creates a person who signed in at the provider',
      journey: 'SignInElsewhere',
      steps: [{ redirect: signInElsewhere }],
      ends: { success: { successUrl: '/enduser/?realm=/alpha#new' } },
      people: { 'ann@example.com': fromProvider },
    },
    {
      it: 'recognises them the next time',
      journey: 'SignInElsewhere',
      steps: [
        { redirect: signInElsewhere, ends: 'success' },
        again('SignInElsewhere'),
        { redirect: signInElsewhere },
      ],
      ends: { success: { successUrl: '/enduser/?realm=/alpha' } },
      people: { 'ann@example.com': fromProvider },
    },
    {
      it: 'rejects another state',
      journey: 'SignInElsewhere',
      steps: [
        { redirect: async (moment: Moment) => ({ ...(await signInElsewhere(moment)), state: 'another' }) },
      ],
      ends: { failure: 'Login failure' },
    },
    {
      it: 'offers the choice again after a cancellation',
      journey: 'ElsewhereOrAgain',
      steps: [
        { start: 'SignInElsewhere' },
        { redirect: signInElsewhere, ends: 'success' },
        again('ElsewhereOrAgain'),
        { redirect: { error: 'access_denied' } },
        { redirect: signInElsewhere },
      ],
      ends: { success: { realm: '/alpha' } },
      people: { 'ann@example.com': fromProvider },
    },
    {
      it: 'creates and links an account after SAML',
      journey: 'SamlSignIn',
      steps: [bySaml()],
      ends: { success: { realm: '/alpha' } },
      people: { sam: fromSaml },
    },
    {
      it: 'recognises them the next time, whatever the attributes',
      journey: 'SamlSignIn',
      steps: [{ ...bySaml(), ends: 'success' }, again('SamlSignIn'), bySaml({ attributes: {} })],
      ends: { success: { realm: '/alpha' } },
      people: { sam: fromSaml },
    },
    {
      it: 'rejects another audience',
      journey: 'SamlSignIn',
      steps: [bySaml({ audience: 'https://other.example.com' })],
      ends: { failure: 'Login failure' },
    },
    {
      it: 'signs in a tool with a known key',
      journey: 'ToolSignIn',
      steps: [{ answer: { HiddenValueCallback: toolToken } }],
      ends: { success: { realm: '/alpha' } },
    },
    {
      it: 'rejects another token',
      journey: 'ToolSignIn',
      steps: [{ answer: { HiddenValueCallback: 'a.b.c' } }],
      ends: { failure: 'Login failure' },
    },
  ],
} satisfies WalkFile
