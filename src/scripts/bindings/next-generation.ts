import { type Bindings, callable, map, object, text } from './binding.ts'
import { callbackGetters, callbackMakers } from './callback-members.ts'

const codec = (name: string) => ({
  [`${name}.encode(value)`]: 'Text or bytes, encoded.',
  [`${name}.decode(text)`]: 'The text that was encoded.',
  [`${name}.decodeToBytes(text)`]: 'The bytes that were encoded.',
  [`${name}.atob(text)`]: 'Decoded, a character for each byte.',
  [`${name}.btoa(text)`]: 'Encoded, a byte for each character.',
})

/** What every script of the next generation has. */
export const nextGeneration: Bindings = {
  nodeState: object('What the journey knows.', {
    'get(key)': 'The value, null when there is none: private state goes before shared state.',
    'getObject(key)': 'The object, the parts of it in shared and private state put together.',
    'isDefined(key)': 'Whether there is a value.',
    'keys()': 'All keys, a list.',
    'putShared(key, value) → nodeState':
      'Writes shared state, which lasts for the journey; no place for a password.',
    'putTransient(key, value) → nodeState':
      'Writes transient state, which ends with the request unless a later node reads it.',
    'mergeShared(values) → nodeState':
      'Writes several values of shared state; members of objectAttributes one by one.',
    'mergeTransient(values) → nodeState':
      'Writes several values of transient state; members of objectAttributes one by one.',
    'remove(key)': 'Removes the key from all of the state.',
  }),
  idRepository: object('The people of the realm, by name.', {
    'getIdentity(name) → identity': 'Somebody, by user name or object id.',
  }),
  openidm: object('The people of the realm, as managed objects.', {
    'create(resource, id, content, params, fields)':
      'Makes somebody in managed/alpha_user, id null for a new one.',
    'read(resource, params, fields)': 'The object managed/alpha_user/ID, null when there is none.',
    'update(resource, revision, content, params, fields)': 'Replaces an object; revision null for any.',
    'patch(resource, revision, operations, params, fields)':
      'Changes fields: a list of {operation, field, value}.',
    'delete(resource, revision, params, fields)': 'Removes an object.',
    'query(resource, params, fields)': 'Finds objects: {_queryFilter}; the answer has them in result.',
    'action(resource, name, content, params, fields)':
      "Sends mail: action('external/email', 'sendTemplate', {templateName, to, object}), or 'send' with {to, subject, type, body}.",
  }),
  httpClient: object('HTTP requests to public hosts, and to those that the server allows.', {
    'send(url, options) → promise': 'Sends a request: {method, headers, body, form, token}.',
  }),
  logger: object('The log of the server.', {
    'trace(message, …)': 'A line for whoever looks very closely; {} stands for further arguments.',
    'debug(message, …)': 'A line for whoever looks for a fault.',
    'info(message, …)': 'A line that is worth to be known.',
    'warn(message, …)': 'A line about what should not be.',
    'error(message, …)': 'A line about what did not work.',
    'isTraceEnabled()': 'Whether such lines are kept.',
    'isDebugEnabled()': 'Whether such lines are kept.',
    'isInfoEnabled()': 'Whether such lines are kept.',
    'isWarnEnabled()': 'Whether such lines are kept.',
    'isErrorEnabled()': 'Whether such lines are kept.',
  }),
  utils: object('Encodings, bytes and cryptography.', {
    ...codec('base64'),
    ...codec('base64url'),
    'types.stringToBytes(text)': 'The bytes of a text in UTF-8.',
    'types.bytesToString(bytes)': 'The text of bytes in UTF-8.',
    'crypto.randomUUID()': 'A new UUID.',
    'crypto.getRandomValues(bytes)': 'Fills a list of bytes with random ones.',
    'crypto.subtle.digest(algorithm, data)': 'The hash of data.',
    'crypto.subtle.generateKey(algorithm)': 'A new key.',
    'crypto.subtle.deriveKey(algorithm, password, length)':
      'A key made of a password, of so many bits; 256 without.',
    'crypto.subtle.encrypt(algorithm, key, data)': 'The data, encrypted.',
    'crypto.subtle.decrypt(algorithm, key, data)': 'The data, decrypted.',
    'crypto.subtle.sign(algorithm, key, data)': 'The signature of data.',
    'crypto.subtle.verify(algorithm, key, data, signature)': 'Whether a signature is right.',
  }),
  jwtAssertion: object('Makes tokens.', {
    'generateJwt(data)':
      'A token of {jwtType, jwsAlgorithm, issuer, subject, audience, validityMinutes, signingKey}.',
  }),
  jwtValidator: object('Checks tokens.', {
    'validateJwtClaims(data)':
      'The claims of {jwtType, jwt, issuer, signingKey}, null for one that does not hold.',
  }),
  policy: object('Policies, of which there are none here.', {
    'evaluate(subject, application, resources, environment)': 'Throws: there is no policy engine.',
    'evaluateTree(subject, application, resource, environment)': 'Throws: there is no policy engine.',
  }),
  requestCookies: map('Cookies of the request, by name.'),
  cookieName: text('Name of the session cookie.'),
  journey: object('The journey that runs.', {
    'name()': 'Its name.',
    'identityResource()': 'The kind of people that it is for, such as managed/alpha_user.',
    'innerJourney()': 'Whether it runs inside another.',
    'mustRun()': 'Whether it runs for those who are signed in, too.',
  }),
  locales: object('The languages that the person prefers.', {
    'getLocalizedMessage(texts)': 'The text in the best language of a map by locale.',
  }),
}

/** What scripts have that ask and decide. */
export const nextGenerationDecision: Bindings = {
  action: object('What the node does once the script is done.', {
    'goTo(outcome) → action': 'Goes on by an outcome.',
    'withHeader(text) → action': 'Gives the page a heading.',
    'withDescription(text) → action': 'Gives the page a text.',
    'withStage(name) → action': 'Tells the page how to lay itself out.',
    'withErrorMessage(text) → action': 'What is said should the journey fail.',
    'withLockoutMessage(text) → action': 'What is said to somebody who is locked out.',
    'putSessionProperty(name, value) → action': 'A property of the session that a success makes.',
    'removeSessionProperty(name) → action': 'Takes back a property that an earlier node set.',
    'withMaxSessionTime(minutes) → action': 'How long the session may last.',
    'withMaxIdleTime(minutes) → action': 'How long the session may lie idle.',
    'withIdentifiedUser(name) → action': 'Says which person it is.',
    'withIdentifiedAgent(name) → action': 'Says which agent it is.',
    'suspend(message, callback, minutes) → action':
      'Waits for a link to be opened; {0} of the message and the callback get it.',
  }),
  callbacks: object('What came back for the questions that the script asked.', callbackGetters),
  callbacksBuilder: object('Asks and shows.', callbackMakers),
}

/** Of scripts of a realm: custom nodes have none. */
export const libraries: Bindings = {
  require: callable('require(name)', 'Loads a library script of the realm.'),
}

/** Of Scripted Decisions alone. */
export const applications: Bindings = {
  samlApplication: text('Null: no journey here is part of SAML.'),
  oauthApplication: text('Null: no journey here is part of OAuth2.'),
}

/** Of Device Match scripts. */
export const deviceProfiles: Bindings = {
  deviceProfilesDao: object('The devices that people have used.', {
    'getDeviceProfiles(username, realm)': 'Those of a person, a list.',
    'saveDeviceProfiles(username, realm, profiles)': 'Replaces those of a person.',
  }),
}

/** Of custom nodes. */
export const customNode: Bindings = { properties: map('The settings of the node, by name.') }

/** Of library scripts. */
export const library: Bindings = {
  exports: object('What scripts get that require the library.', {}),
}

/** What members answer that is no binding. */
export const nextGenerationTypes: Bindings = {
  identity: object('Somebody of the realm.', {
    'exists()': 'Whether there is somebody.',
    'getName()': 'The object id.',
    'getUniversalId()': 'The long form of the name.',
    'getAttributeValues(name)': 'Values of an attribute, a list.',
    'setAttribute(name, values)': 'Replaces the values; store() saves them.',
    'addAttribute(name, value)': 'Adds a value; store() saves it.',
    'store()': 'Saves what was set and added.',
  }),
  promise: object('An answer that is there already.', {
    'get() → response': 'The answer.',
    'getOrThrow() → response': 'The answer.',
    'then(use)': 'Hands the answer on.',
  }),
  response: object('An HTTP answer.', {
    status: 'Such as 200.',
    statusText: 'Such as OK.',
    ok: 'Whether the status is 200 to 299.',
    headers: 'Lists by name, whatever the case.',
    'json()': 'The body, read as JSON.',
    'text()': 'The body.',
    'formData()': 'The body, read as a form.',
  }),
  secret: object('A secret that can be read.', {
    'getAsUtf8()': 'Its text.',
    'getAsBytes()': 'Its bytes.',
  }),
}
