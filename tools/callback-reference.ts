import { readFile, writeFile } from 'node:fs/promises'
import { type CallbackType, callbackTypes, membersOf, unrenderableTypes } from '../src/engine/callbacks.ts'
import { catalogue } from '../src/nodes/catalogue.ts'
import { linkTo } from './node-reference/pages.ts'

// Writes docs/callbacks.md from the table of callback kinds and the catalogue; with --check it only tells whether the
// page is up to date. `npm run pictures` takes the pictures.

const intro = `# Callbacks

Every kind of callback, as the sign-in page shows it on a phone; made by \`tools/callback-reference.ts\`, with pictures
that \`npm run pictures\` takes of the page itself. An application with a page of its own gets the same over the wire:
*outputs* say what to show, and every *input* is sent back as it came, with its value. \`‹n›\` is the place of the callback
in its step, from 1. Scripts and custom nodes may send nearly all of them; the node types named here do so by themselves.
`

/** What people see, and what comes back. */
const about: Readonly<Record<Exclude<CallbackType, 'HttpCallback' | 'X509CertificateCallback'>, string>> = {
  NameCallback: 'A line of text, such as a user name or a code.',
  PasswordCallback: 'A line of text that stays hidden, unless the person wants to see it.',
  TextInputCallback: 'A line of text, with one that stands there already.',
  HiddenValueCallback:
    'A value that scripts and passkeys fill in. An address that sets up an app is drawn as a picture to scan.',
  ChoiceCallback: 'One of several answers, by its place from 0: buttons, a list, or what the stage wants.',
  ConfirmationCallback: 'A button for each answer, in the place of the button that goes on.',
  TextOutputCallback:
    'A text. Level 0 tells, 1 warns, 2 is an error, 4 is a script that the page does not run.',
  SuspendedTextOutputCallback: 'A text while the journey waits for the link in a mail. Nothing is sent back.',
  PollingWaitCallback:
    'A pause of so many milliseconds, after which the step is sent as it is. With a confirmation it can be left.',
  RedirectCallback:
    'Leads to another site at once, and goes on when the browser comes back. Here the address is none, which is said.',
  MetadataCallback: 'Facts for the page, which shows nothing of them: here beside a name.',
  StringAttributeInputCallback: 'An attribute of a person that is a text.',
  NumberAttributeInputCallback: 'An attribute of a person that is a number.',
  BooleanAttributeInputCallback: 'An attribute of a person that is yes or no.',
  ValidatedCreateUsernameCallback: 'A user name that must keep to the policies; those that fail are said.',
  ValidatedCreatePasswordCallback:
    'A new password that must keep to the policies, which are said beforehand.',
  TermsAndConditionsCallback: 'Terms, and whether somebody accepts them.',
  KbaCreateCallback: 'A security question, one of those given or of one’s own, and its answer.',
  SelectIdPCallback: 'An identity provider to sign in with, in its own colours as far as they can be read.',
  IdPCallback: 'A token that an app got from an identity provider by itself. A browser cannot.',
  ConsentMappingCallback: 'Whether something may be shared, and what.',
  DeviceProfileCallback: 'Facts about the device, its location only if the person allows it.',
  DeviceBindingCallback: 'A signature with a new key of an app on a phone. A browser cannot.',
  DeviceSigningVerifierCallback: 'A signature with the key of an app on a phone. A browser cannot.',
  ReCaptchaCallback: 'A check by a service that the server knows: reCAPTCHA, hCaptcha or Turnstile.',
  ReCaptchaEnterpriseCallback: 'The same by reCAPTCHA Enterprise, which gives a score and shows nothing.',
  PingOneProtectInitializeCallback:
    'Starts signals for a service of the vendor’s, which this page does not send.',
  PingOneProtectEvaluationCallback: 'Asks for the signals of that service.',
  LanguageCallback: 'The language of the page, which it fills in by itself: here beside a name.',
}

function section(type: keyof typeof about): string {
  const { outputs, inputs } = membersOf(type)
  const senders = catalogue
    .filter(({ callbacks }) => callbacks !== undefined && type in callbacks)
    .map(linkTo)
  const facts = [
    ['Outputs', list(outputs)],
    ['Inputs', list(inputs.map((suffix) => `IDToken‹n›${suffix}`))],
    ['Nodes', [...new Set(senders)].join(', ') || 'none of ours'],
  ]
  return [
    `## ${type}`,
    '',
    `<img src="pictures/callbacks/${type}.png" width="260" alt="${type} on the sign-in page">`,
    '',
    about[type],
    '',
    ...facts.map(([name, text]) => `- ${name}: ${text}`),
    '',
  ].join('\n')
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ') || 'none'
}

const shown = callbackTypes.filter((type): type is keyof typeof about => !unrenderableTypes.includes(type))
const page = new URL('../docs/callbacks.md', import.meta.url)
const expected = [intro, ...shown.map(section)].join('\n')

if (!process.argv.includes('--check')) {
  await writeFile(page, expected)
  console.log(`docs/callbacks.md: ${shown.length} kinds`)
} else if ((await readFile(page, 'utf8').catch(() => '')) !== expected) {
  console.error('docs/callbacks.md is stale: run "node tools/callback-reference.ts"')
  process.exitCode = 1
}
