import { type Bindings, callable, map, object, text } from './binding.ts'
import { callbackGetters, callbackMakers } from './callback-members.ts'
import { promiseMembers } from './every-script.ts'

const codec = (name: string) => ({
  [`${name}.encode(value)`]: 'Encodes text or bytes.',
  [`${name}.decode(text)`]: 'Decodes to text.',
  [`${name}.decodeToBytes(text)`]: 'Decodes to bytes.',
  [`${name}.atob(text)`]: 'Decodes to text with one character per byte.',
  [`${name}.btoa(text)`]: 'Encodes text with one byte per character.',
})

/** Bindings of every next-generation script. */
export const nextGeneration: Bindings = {
  nodeState: object('The state of the journey.', {
    'get(key)': 'The value, or null. Private state takes precedence over shared state.',
    'getObject(key)': 'The object, merged from shared and private state.',
    'isDefined(key)': 'Whether the key has a value.',
    'keys()': 'All keys as a list.',
    'putShared(key, value) → nodeState':
      'Writes shared state, which lasts for the whole journey. Don’t store passwords in it.',
    'putTransient(key, value) → nodeState':
      'Writes transient state, which ends with the request unless a later node reads it.',
    'mergeShared(values) → nodeState':
      'Writes several values to shared state. Members of objectAttributes are merged one by one.',
    'mergeTransient(values) → nodeState':
      'Writes several values to transient state. Members of objectAttributes are merged one by one.',
    'remove(key)': 'Removes the key from all parts of the state.',
  }),
  idRepository: object('The people of the realm, by username.', {
    'getIdentity(name) → identity': 'The person with this username or object id.',
  }),
  openidm: object('The people of the realm, as managed objects.', {
    'create(resource, id, content, params, fields)':
      'Creates a person in managed/alpha_user. A null id creates a random one.',
    'read(resource, params, fields)': 'The object managed/alpha_user/ID, or null.',
    'update(resource, revision, content, params, fields)': 'Replaces an object. A null revision accepts any.',
    'patch(resource, revision, operations, params, fields)':
      'Changes fields with a list of {operation, field, value}.',
    'delete(resource, revision, params, fields)': 'Deletes an object.',
    'query(resource, params, fields)': 'Finds objects by {_queryFilter}. The matches are in result.',
    'action(resource, name, content, params, fields)':
      "Sends an email: action('external/email', 'sendTemplate', {templateName, to, object}), or 'send' with {to, subject, type, body}.",
  }),
  httpClient: object('HTTP requests to public hosts and to hosts that the server allows.', {
    'send(url, options) → promise': 'Sends a request. Options: {method, headers, body, form, token}.',
  }),
  logger: object('The server log.', {
    'trace(message, …)': 'Logs a line at trace level. {} is replaced by the further arguments.',
    'debug(message, …)': 'Logs a line at debug level.',
    'info(message, …)': 'Logs a line at info level.',
    'warn(message, …)': 'Logs a warning.',
    'error(message, …)': 'Logs an error.',
    'isTraceEnabled()': 'Whether this level is logged.',
    'isDebugEnabled()': 'Whether this level is logged.',
    'isInfoEnabled()': 'Whether this level is logged.',
    'isWarnEnabled()': 'Whether this level is logged.',
    'isErrorEnabled()': 'Whether this level is logged.',
  }),
  utils: object('Encodings, bytes and cryptography.', {
    ...codec('base64'),
    ...codec('base64url'),
    'types.stringToBytes(text)': 'Converts text to its UTF-8 bytes.',
    'types.bytesToString(bytes)': 'Converts UTF-8 bytes to text.',
    'crypto.randomUUID()': 'A new UUID.',
    'crypto.getRandomValues(bytes)': 'Fills a list with random bytes.',
    'crypto.checkBcrypt(hash, password)':
      'Whether the password has this bcrypt hash. The cost may be at most 12.',
    'crypto.subtle.digest(algorithm, data)': 'The hash of the data.',
    'crypto.subtle.generateKey(algorithm)': 'A new key.',
    'crypto.subtle.deriveKey(algorithm, password, length)':
      'A key derived from a password. The length is in bits; the default is 256.',
    'crypto.subtle.encrypt(algorithm, key, data)': 'Encrypts data.',
    'crypto.subtle.decrypt(algorithm, key, data)': 'Decrypts data.',
    'crypto.subtle.sign(algorithm, key, data)': 'Signs data.',
    'crypto.subtle.verify(algorithm, key, data, signature)': 'Whether a signature is valid.',
  }),
  jwtAssertion: object('Creates JWTs.', {
    'generateJwt(data)':
      'A JWT from {jwtType, jwsAlgorithm, issuer, subject, audience, validityMinutes, signingKey}.',
  }),
  jwtValidator: object('Validates JWTs.', {
    'validateJwtClaims(data)':
      'The claims of the JWT in {jwtType, jwt, issuer, signingKey}, or null if it is invalid.',
  }),
  cacheManager: object('Caches of scripts. This server has none.', {
    'exists(name)': 'Always false.',
    'named(name)': 'Always null.',
  }),
  policy: object('Policies. This server has no policy engine.', {
    'evaluate(subject, application, resources, environment)': 'Throws: there is no policy engine.',
    'evaluateTree(subject, application, resource, environment)': 'Throws: there is no policy engine.',
  }),
  requestCookies: map('Cookies of the request, by name.'),
  cookieName: text('Name of the session cookie.'),
  journey: object('The current journey.', {
    'name()': 'The name of the journey.',
    'identityResource()': 'The type of its people, such as managed/alpha_user.',
    'innerJourney()': 'Whether it runs inside another journey.',
    'mustRun()': 'Whether it also runs for people who are signed in.',
  }),
  locales: object('The preferred languages of the client.', {
    'getLocalizedMessage(texts)': 'The text in the best matching language, from a map by locale.',
  }),
}

/** Bindings of scripts that send callbacks and decide. */
export const nextGenerationDecision: Bindings = {
  action: object('The action of the node after the script.', {
    'goTo(outcome) → action': 'Continues with an outcome.',
    'withHeader(text) → action': 'Sets the heading of the page.',
    'withDescription(text) → action': 'Sets the description of the page.',
    'withStage(name) → action': 'Sets the stage, which tells the page how to arrange its callbacks.',
    'withErrorMessage(text) → action': 'Sets the error message if the journey fails.',
    'withLockoutMessage(text) → action': 'Sets the message for people who are locked out.',
    'putSessionProperty(name, value) → action': 'Sets a property of the new session.',
    'removeSessionProperty(name) → action': 'Removes a property that an earlier node set.',
    'withMaxSessionTime(minutes) → action': 'Limits how long the session lasts.',
    'withMaxIdleTime(minutes) → action': 'Limits how long the session may be idle.',
    'withIdentifiedUser(name) → action': 'Identifies the person who signs in.',
    'withIdentifiedAgent(name) → action': 'Identifies the agent identity that signs in.',
    'suspend(message, callback, minutes) → action':
      'Suspends the journey until its link is opened. The link replaces {0} in the message and is passed to the callback.',
  }),
  callbacks: object('Answers to the callbacks that the script sent.', callbackGetters),
  callbacksBuilder: object('Builds the callbacks to send.', callbackMakers),
}

/** Only for scripts of a realm: custom nodes have no libraries. */
export const libraries: Bindings = {
  require: callable('require(name)', 'Loads a library script of the realm.'),
}

/** Only for Scripted Decision nodes. */
export const applications: Bindings = {
  samlApplication: text('Always null: journeys never run as part of a SAML application.'),
  oauthApplication: text('Always null: journeys never run as part of an OAuth 2.0 application.'),
}

/** Only for Device Match scripts. */
export const deviceProfiles: Bindings = {
  deviceProfilesDao: object('The saved device profiles of people.', {
    'getDeviceProfiles(username, realm)': 'The device profiles of a person as a list.',
    'saveDeviceProfiles(username, realm, profiles)': 'Replaces the device profiles of a person.',
  }),
}

/** Only for custom nodes. */
export const customNode: Bindings = { properties: map('The settings of the node, by name.') }

/** Only for library scripts. */
export const library: Bindings = {
  exports: object('The value that require() returns.', {}),
}

/** Types that members return and that are not bindings themselves. */
export const nextGenerationTypes: Bindings = {
  identity: object('A person of the realm.', {
    'exists()': 'Whether the person exists.',
    'getName()': 'The object id.',
    'getUniversalId()': 'The universal id.',
    'getAttributeValues(name)': 'The values of an attribute as a list.',
    'setAttribute(name, values)': 'Replaces the values. store() saves them.',
    'addAttribute(name, value)': 'Adds a value. store() saves it.',
    'store()': 'Saves the changed attributes.',
  }),
  promise: object('A response that has already arrived.', promiseMembers),
  response: object('An HTTP response.', {
    status: 'The status code, such as 200.',
    statusText: 'The status text, such as OK.',
    ok: 'Whether the status code is 200 to 299.',
    headers: 'Lists of values by name. Names are case-insensitive.',
    'json()': 'The body, parsed as JSON.',
    'text()': 'The body as text.',
    'formData()': 'The body, parsed as a form.',
  }),
  secret: object('A secret whose value the script can read.', {
    'getAsUtf8()': 'The secret as text.',
    'getAsBytes()': 'The secret as bytes.',
  }),
}
