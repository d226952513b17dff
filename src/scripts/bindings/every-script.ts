import { type Bindings, boolean, map, object, text, variable } from './binding.ts'

const lists = {
  'get(name)': 'A list of the values, or null.',
  'containsKey(name)': 'Whether there is one of this name.',
}

/** What both generations have in the same form. */
export const everyScript: Bindings = {
  requestHeaders: map('Headers of the request: a list for each name, whatever its case.', lists),
  requestParameters: map('Query parameters of the request: a list for each name.', lists),
  existingSession: map('Properties of the session that the journey runs under; not defined without one.'),
  resumedFromSuspend: boolean('Whether the journey goes on after its link was opened.'),
  realm: text('Path of the realm, such as /alpha.'),
  scriptName: text('Name of the script.'),
  systemEnv: object('Variables of the environment.', {
    'getProperty(name, default, type)': 'The variable: `esv.my.name` is ESV_MY_NAME.',
  }),
  secrets: object('Secrets of the environment, by ids that begin with scripted.node.', {
    'getGenericSecret(id) → secret': 'A secret that can be read.',
    'getSigningKey(id)': 'A key to sign with, to be handed on.',
    'getVerificationKey(id)': 'A key to check signatures with, to be handed on.',
    'getEncryptionKey(id)': 'A key to encrypt with, to be handed on.',
    'getDecryptionKey(id)': 'A key to decrypt with, to be handed on.',
  }),
  auditEntryDetail: variable('Set it to a text or an object to have it audited.'),
}

/** What a decision is, where nothing else says it. */
export const outcomeVariable: Bindings = {
  outcome: variable('Set it to the id of the outcome to go on by.'),
}

/** What a Config Provider script makes. */
export const configVariable: Bindings = {
  config: variable('Set it to the settings of the node that is imitated.'),
}

/** What transformations are given. */
export const profiles: Bindings = {
  rawProfile: map('What the identity provider told, before it has the form that all have.'),
  normalizedProfile: map('What an identity provider told, in the form that all have.'),
  selectedIdp: text('Name of the identity provider.'),
}
