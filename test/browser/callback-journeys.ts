import type { JsonObject } from '../../src/base/json.ts'
import type { Stores } from '../../src/store/stores.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'

// A small journey for each callback type. It sends the callback and then shows the answer, so that a test can check it.

/** A script that sends a callback, and the expression that reads the answer. */
type Asking = { ask: string; told: string }

/** Password policies as the platform nodes send them. */
const passwordPolicies = {
  policies: [
    { policyId: 'minimum-length', params: { minLength: 8 } },
    {
      policyId: 'at-least-X-capitals',
      policyRequirements: ['AT_LEAST_X_CAPITAL_LETTERS'],
      params: { numCaps: 1 },
    },
    { policyId: 'at-least-X-numbers', policyRequirements: ['AT_LEAST_X_NUMBERS'], params: { numNums: 1 } },
    {
      policyId: 'cannot-contain-others',
      policyRequirements: ['CANNOT_CONTAIN_OTHERS'],
      params: { disallowedFields: ['userName'] },
    },
  ].map((policy) => ({ policyRequirements: ['MIN_LENGTH'], ...policy })),
}

const policies = JSON.stringify(passwordPolicies)

const first = (getter: string) => `callbacks.${getter}().get(0)`

const providers = `[
  { provider: "campus", uiConfig: { buttonDisplayName: "Campus", buttonCustomStyle: "background-color: #104a3c; color: #ffffff; border-color: #104a3c;" } },
  { provider: "pale", uiConfig: { buttonDisplayName: "Pale", buttonCustomStyle: "background-color: #eeeeee; color: #dddddd;" } },
  { provider: "localAuthentication" },
]`

/** By callback type. Types that scripts can't send are below. */
export const asking: Readonly<Record<string, Asking>> = {
  NameCallback: { ask: 'nameCallback("User Name")', told: first('getNameCallbacks') },
  PasswordCallback: { ask: 'passwordCallback("Password", false)', told: first('getPasswordCallbacks') },
  TextInputCallback: {
    ask: 'textInputCallback("What may we call you?", "Al")',
    told: first('getTextInputCallbacks'),
  },
  HiddenValueCallback: {
    ask: 'hiddenValueCallback("mfaDeviceRegistration", "otpauth://totp/Larkfield:elena.marsh?secret=JBSWY3DPEHPK3PXP&period=30&digits=6&b=032b75")',
    told: 'callbacks.getHiddenValueCallbacks().get("mfaDeviceRegistration")',
  },
  ChoiceCallback: {
    ask: 'choiceCallback("How do you want to sign in?", ["With a code by mail", "With a password"], 1, false)',
    told: `${first('getChoiceCallbacks')}[0]`,
  },
  ConfirmationCallback: {
    ask: 'confirmationCallback("Do you trust this browser?", 0, ["Yes, it is mine", "No"], 1)',
    told: first('getConfirmationCallbacks'),
  },
  TextOutputCallback: {
    ask: 'textOutputCallback(1, "Your password <b>expires tomorrow</b>. Choose another one today.")',
    told: '"read"',
  },
  SuspendedTextOutputCallback: {
    ask: 'suspendedTextOutputCallback(0, "We sent a link to e•••h@larkfield.example. Open it to go on.")',
    told: '"read"',
  },
  PollingWaitCallback: {
    ask: 'pollingWaitCallback("60000", "Waiting for the caller"); callbacksBuilder.confirmationCallback(0, ["Stop waiting"], 0)',
    told: first('getConfirmationCallbacks'),
  },
  RedirectCallback: { ask: 'redirectCallback("mailto:nobody", {}, "GET", false)', told: '"back"' },
  MetadataCallback: {
    ask: 'metadataCallback({ colour: "green" }); callbacksBuilder.nameCallback("User Name")',
    told: first('getNameCallbacks'),
  },
  StringAttributeInputCallback: {
    ask: 'stringAttributeInputCallback("mail", "Email Address", "", true, { policies: [{ policyId: "valid-email-address-format", policyRequirements: ["VALID_EMAIL_ADDRESS_FORMAT"] }] }, false)',
    told: first('getStringAttributeInputCallbacks'),
  },
  NumberAttributeInputCallback: {
    ask: 'numberAttributeInputCallback("age", "Age", null, false)',
    told: first('getNumberAttributeInputCallbacks'),
  },
  BooleanAttributeInputCallback: {
    ask: 'booleanAttributeInputCallback("preferences/updates", "Send me news and updates", false, false)',
    told: first('getBooleanAttributeInputCallbacks'),
  },
  ValidatedCreateUsernameCallback: {
    ask: 'validatedUsernameCallback("Username", { policies: [{ policyId: "unique", policyRequirements: ["UNIQUE"] }] }, false)',
    told: `${first('getValidatedUsernameCallbacks')}.value`,
  },
  ValidatedCreatePasswordCallback: {
    ask: `validatedPasswordCallback("Password", false, ${policies}, false)`,
    told: `${first('getValidatedPasswordCallbacks')}.value`,
  },
  TermsAndConditionsCallback: {
    ask: 'termsAndConditionsCallback("3", "Be kind.\\n\\nDo not give your password to anyone, whatever reason they give.", "2026-03-01")',
    told: first('getTermsAndConditionsCallbacks'),
  },
  KbaCreateCallback: {
    ask: 'kbaCreateCallback("Choose a security question.", ["Which street did you grow up in?", "What was your first pet called?"], true)',
    told: `${first('getKbaCreateCallbacks')}.selectedQuestion + "=" + ${first('getKbaCreateCallbacks')}.selectedAnswer`,
  },
  SelectIdPCallback: { ask: `selectIdPCallback(${providers})`, told: first('getSelectIdPCallbacks') },
  IdPCallback: {
    ask: 'idPCallback("campus", "id", "https://app.example.com", ["openid"], "n", "", "", [], true)',
    told: '"without"',
  },
  ConsentMappingCallback: {
    ask: 'consentMappingCallback("news", "Larkfield News", "", "Your address", ["mail", "givenName"], "We share nothing that you do not want us to.", false)',
    told: first('getConsentMappingCallbacks'),
  },
  DeviceProfileCallback: {
    ask: 'deviceProfileCallback(true, true, "We look whether you were here before.")',
    told: `Object.keys(JSON.parse(${first('getDeviceProfileCallbacks')})).join()`,
  },
  LanguageCallback: {
    ask: 'languageCallback("", "")',
    told: first('getLanguageCallbacks'),
  },
}

/** `isOfNobody`: the device identifies the person. Otherwise Alex must use theirs. */
type NodeAsking = { type: string; config: JsonObject; outcomes: string[]; isOfNobody?: boolean }

/** Callback types that only nodes send, with the settings of the node. */
export const nodesAsking: Readonly<Record<string, NodeAsking>> = {
  DeviceBindingCallback: {
    type: 'DeviceBindingNode',
    config: { title: { en: 'Bind this phone' }, subtitle: { en: 'For signing in' }, description: {} },
    outcomes: ['success', 'failure', 'Unsupported', 'Abort', 'Timeout'],
  },
  DeviceSigningVerifierCallback: {
    type: 'DeviceSigningVerifierNode',
    isOfNobody: true,
    config: {},
    outcomes: ['success', 'failure', 'Unsupported', 'Abort', 'Timeout', 'ClientNotRegistered'],
  },
  ReCaptchaCallback: {
    type: 'product-CaptchaNode',
    config: { siteKey: 'site-key', secretKey: 'secret-key' },
    outcomes: ['true', 'false'],
  },
  ReCaptchaEnterpriseCallback: {
    type: 'product-CaptchaEnterpriseNode',
    config: { projectId: 'p', siteKey: 'site-key', secretLabelIdentifier: 'captcha' },
    outcomes: ['true', 'false'],
  },
}

/** A script that sends a callback and stores the answer. */
function askingScript({ ask, told }: Asking): string {
  return `(function () {
  if (callbacks.isEmpty()) { callbacksBuilder.${ask}; }
  else { nodeState.putShared("said", String(${told})); action.goTo("next"); }
})();`
}

const show = `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, "Answered: " + nodeState.get("said"));
  else action.goTo("next");
})();`

/** Callback types that one page asks for together, by the name of its journey. Their labels differ. */
export const forms: Readonly<Record<string, readonly string[]>> = {
  Details: [
    'ValidatedCreateUsernameCallback',
    'PasswordCallback',
    'TextInputCallback',
    'StringAttributeInputCallback',
    'NumberAttributeInputCallback',
    'BooleanAttributeInputCallback',
  ],
  Account: [
    'LanguageCallback',
    'NameCallback',
    'ValidatedCreatePasswordCallback',
    'TermsAndConditionsCallback',
    'KbaCreateCallback',
    'ConsentMappingCallback',
  ],
}

/** One script that sends all callbacks, and tells all answers. */
function together(kinds: readonly string[]): Asking {
  const all = kinds.flatMap((kind) => asking[kind] ?? [])
  return {
    ask: all.map(({ ask }) => ask).join('; callbacksBuilder.'),
    told: `[${all.map(({ told }) => told).join()}].join("; ")`,
  }
}

/** Saves a journey that sends a callback from a script and then shows the answer. */
export async function saveAsking(stores: Stores, name: string, asking: Asking): Promise<void> {
  await saveJourney(stores, name, {
    ask: await scripted(stores, `${name}-ask`, askingScript(asking), { next: 'show' }),
    show: await scripted(stores, `${name}-show`, show, { next: 'success' }),
  })
}

/** Saves one journey for each callback type, with the type as its name, and those of `forms`. */
export async function saveCallbackJourneys(stores: Stores): Promise<void> {
  for (const [kind, each] of Object.entries(asking)) await saveAsking(stores, kind, each)
  for (const [form, kinds] of Object.entries(forms)) await saveAsking(stores, form, together(kinds))
  for (const [kind, { type, config, outcomes, isOfNobody }] of Object.entries(nodesAsking)) {
    const told = outcomes.map((outcome) => `told-${outcome}`)
    await saveJourney(stores, kind, {
      alex: await scripted(
        stores,
        `${kind}-alex`,
        `${isOfNobody ? '' : 'nodeState.putShared("username", "alex");'} action.goTo("next");`,
        { next: 'ask' },
      ),
      ask: { type, config, to: Object.fromEntries(outcomes.map((each, place) => [each, told[place] ?? ''])) },
      ...Object.fromEntries(
        await Promise.all(
          outcomes.map(async (outcome) => [
            `told-${outcome}`,
            await scripted(
              stores,
              `${kind}-${outcome}`,
              show.replace('nodeState.get("said")', `"${outcome}"`),
              {
                next: 'success',
              },
            ),
          ]),
        ),
      ),
    })
  }
}
