import type { JsonObject } from '../../src/base/json.ts'
import type { Stores } from '../../src/store/stores.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'

// Journeys for the login widget, besides the samples.

const name = { type: 'UsernameCollectorNode' }
const password = { type: 'PasswordCollectorNode' }
const check = { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } }
const create = {
  type: 'CreateObjectNode',
  config: { identityResource: 'managed/alpha_user' },
  to: { CREATED: 'success', FAILURE: 'failure' },
}
const noSession = false

/** @param origin of the page with the widget, which CORS allows. */
export async function saveWidgetJourneys(stores: Stores, origin: string): Promise<void> {
  await saveRealm(stores, '/alpha', {
    corsOrigins: [origin],
    passwordPolicy: { minLength: 8, minCapitals: 1 },
  })
  await savePicks(stores)
  await saveWaits(stores)
  await saveByMail(stores)
  await saveSocial(stores)
  await saveRegistration(stores)
  const page = await pageOf(stores, 'Once', [
    ['name', name.type, {}],
    ['password', password.type, {}],
  ])
  await saveJourney(stores, 'Once', { page: { ...page, to: { outcome: 'check' } }, check }, { noSession })
}

const layout = JSON.stringify({ ChoiceCallback: [{ displayType: 'radio' }] })
const picks = `(function () {
  if (callbacks.isEmpty()) {
    callbacksBuilder.textOutputCallback(0, "One of <b>two</b>");
    callbacksBuilder.choiceCallback("Colour", ["green", "blue"], 0, false);
    callbacksBuilder.confirmationCallback("Sure?", 0, ["Yes", "No"], 0);
    action.withHeader("Pick one").withDescription("It is <i>yours</i>").withStage(${JSON.stringify(layout)});
  } else {
    nodeState.putShared("said", callbacks.getChoiceCallbacks().get(0)[0] + " " + callbacks.getConfirmationCallbacks().get(0));
    action.goTo("next");
  }
})();`
const show = `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, "Answered: " + nodeState.get("said"));
  else action.goTo("next");
})();`

async function savePicks(stores: Stores): Promise<void> {
  await saveJourney(stores, 'Picks', {
    ask: await scripted(stores, 'picks', picks, { next: 'show' }),
    show: await scripted(stores, 'picked', show, { next: 'success' }),
  })
}

/** `Waits` takes a second, `WaitsLong` waits until the person leaves. */
async function saveWaits(stores: Stores): Promise<void> {
  const texts = { waitingMessage: { en: 'One moment' }, exitMessage: { en: 'Leave' } }
  const waits = (config: JsonObject) => ({
    wait: {
      type: 'PollingWaitNode',
      config: { ...texts, ...config },
      to: { DONE: 'success', EXITED: 'name' },
    },
    name: { ...name, to: { outcome: 'failure' } },
  })
  await saveJourney(stores, 'Waits', waits({ secondsToWait: 1 }))
  await saveJourney(stores, 'WaitsLong', waits({ secondsToWait: 60, exitable: true }))
}

async function saveByMail(stores: Stores): Promise<void> {
  const link = {
    type: 'EmailSuspendNode',
    config: { emailTemplateName: 'resetPassword', objectLookup: true },
    to: { outcome: 'password' },
  }
  const nodes = {
    name: { ...name, to: { outcome: 'link' } },
    link,
    password: { ...password, to: { outcome: 'check' } },
    check,
  }
  await saveJourney(stores, 'ByMail', nodes, { noSession })
}

async function saveSocial(stores: Stores): Promise<void> {
  const choose = {
    type: 'SelectIdPNode',
    config: { includeLocalAuthentication: false },
    to: { socialAuthentication: 'handle', localAuthentication: 'failure' },
  }
  const handle = {
    type: 'SocialProviderHandlerNodeV2',
    to: { ACCOUNT_EXISTS: 'success', NO_ACCOUNT: 'create', SOCIAL_AUTH_INTERRUPTED: 'failure' },
  }
  await saveJourney(stores, 'Social', { choose, handle, create }, { noSession })
}

/** A registration on one page. */
async function saveRegistration(stores: Stores): Promise<void> {
  const attributesToCollect = ['givenName', 'sn', 'mail', 'preferences/updates']
  const children: Child[] = [
    ['name', 'ValidatedUsernameNode', { usernameAttribute: 'userName', validateInput: true }],
    ['password', 'ValidatedPasswordNode', { passwordAttribute: 'password', validateInput: true }],
    ['about', 'AttributeCollectorNode', { attributesToCollect, identityAttribute: 'userName' }],
    ['questions', 'KbaCreateNode', { message: { en: 'Choose a question' } }],
    ['terms', 'AcceptTermsAndConditionsNode', {}],
  ]
  const page = await pageOf(stores, 'Registration', children)
  const nodes = { page: { ...page, to: { outcome: 'create' } }, create }
  await saveJourney(stores, 'Registration', nodes, { noSession })
}

type Child = [name: string, type: string, config: JsonObject]

/** Saves nodes. @returns a page with all of them. */
async function pageOf(stores: Stores, journey: string, children: Child[]) {
  for (const [name, type, config] of children) {
    await stores.configuration.saveNode('/alpha', { id: `${journey}-${name}`, type, version: '1.0', config })
  }
  const nodes = children.map(([name, nodeType]) => ({
    _id: `${journey}-${name}`,
    nodeType,
    displayName: name,
  }))
  return { type: 'PageNode', config: { nodes, pageHeader: { en: 'Join us' } } }
}
