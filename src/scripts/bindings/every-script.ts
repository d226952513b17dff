import { type Bindings, boolean, map, object, text, variable } from './binding.ts'

const lists = {
  'get(name)': 'The values as a list, or null.',
  'containsKey(name)': 'Whether the name exists.',
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
    'getProperty(name, default, type)': 'The value of a variable: `esv.my.name` reads ESV_MY_NAME.',
  }),
  secrets: object('Secrets from environment variables, by ids that begin with scripted.node.', {
    'getGenericSecret(id) → secret': 'A secret whose value the script can read.',
    'getSigningKey(id)': 'A signing key to pass to other bindings.',
    'getVerificationKey(id)': 'A key that verifies signatures, to pass to other bindings.',
    'getEncryptionKey(id)': 'An encryption key to pass to other bindings.',
    'getDecryptionKey(id)': 'A decryption key to pass to other bindings.',
  }),
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
  selectedIdp: text('Name of the identity provider.'),
}
