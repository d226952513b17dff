import { type Bindings, boolean, callable, type Members, map, object, text, variable } from './binding.ts'

const lists = {
  'get(name)': 'The values as a list, or null.',
  'containsKey(name)': 'Whether the name exists.',
}

const packages =
  'Java packages by name. They contain the classes that docs/scripting.md lists for each generation.'

/** Members of the promise of a response. */
export const promiseMembers: Members = {
  'get() → response': 'The response. Throws if the request failed.',
  'getOrThrow() → response': 'The response. Throws if the request failed.',
  'isDone()': 'Always true.',
  'then(use, handle) → promise':
    'Passes the response to a function, or the error to the other one. The result has their value.',
  'thenAsync(use, handle) → promise': 'As then, with functions that return promises.',
  'thenCatch(handle) → promise': 'Passes the error to a function, if the request failed.',
  'thenAlways(use) → promise': 'Calls a function in any case.',
  'thenFinally(use) → promise': 'Calls a function in any case.',
}

/** Bindings that are the same in both generations. */
export const everyScript: Bindings = {
  requestHeaders: map(
    'Headers of the request: a list of values for each name. Names are case-insensitive.',
    lists,
  ),
  requestParameters: map('Query parameters of the request: a list of values for each name.', lists),
  existingSession: map('Properties of the session that the journey runs under. Undefined without a session.'),
  resumedFromSuspend: boolean('Whether the journey resumes after its link was opened.'),
  realm: text('Path of the realm, such as /alpha.'),
  scriptName: text('Name of the script.'),
  systemEnv: object('Environment variables.', {
    'getProperty(name, default, type)':
      'The value of a variable: `esv.my.name` reads ESV_MY_NAME. The type is a class, such as java.lang.Integer.',
  }),
  secrets: object('Secrets from environment variables, by ids that begin with scripted.node.', {
    'getGenericSecret(id) → secret': 'A secret whose value the script can read.',
    'getSigningKey(id)': 'A signing key to pass to other bindings.',
    'getVerificationKey(id)': 'A key that verifies signatures, to pass to other bindings.',
    'getEncryptionKey(id)': 'An encryption key to pass to other bindings.',
    'getDecryptionKey(id)': 'A decryption key to pass to other bindings.',
  }),
  JavaImporter: callable('JavaImporter(…)', 'Makes the classes of packages available by their short names.'),
  Packages: callable('Packages', packages),
  java: callable('java', packages),
  org: callable('org', packages),
  auditEntryDetail: variable('Set it to a text or an object to add that to the audit event of the node.'),
}

/** The result of a decision script that sets no action. */
export const outcomeVariable: Bindings = {
  outcome: variable('Set it to the id of the outcome.'),
}

/** The result of a Config Provider script. */
export const configVariable: Bindings = {
  config: variable('Set it to the settings of the imitated node.'),
}

/** Inputs of profile transformations. */
export const profiles: Bindings = {
  rawProfile: map('The profile as the identity provider sent it.'),
  normalizedProfile: map('The profile in the normalized form that all identity providers share.'),
  jwtClaims: map('Claims of an ID token. Only for OIDC ID Token Validator nodes.'),
  selectedIdp: text('Name of the identity provider.'),
}
