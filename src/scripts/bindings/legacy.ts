import { type Bindings, callable, object, variable } from './binding.ts'

const layer = {
  'get(key)': 'The value, null when there is none.',
  'put(key, value)': 'Writes a value.',
  'remove(key)': 'Removes the key.',
  'containsKey(key)': 'Whether there is a value.',
  'isDefined(key)': 'Whether there is a value.',
  'keySet()': 'All keys.',
  'size()': 'How many keys there are.',
  'isEmpty()': 'Whether there are none.',
  'toString()': 'All of it as text.',
}

const importing = 'Is refused: JavaImporter does it.'
const packages = 'Java’s packages by name: facades of the classes that scripts use.'

/** What every script of the legacy generation has. */
export const legacy: Bindings = {
  nodeState: object('What the journey knows.', {
    'get(key) → jsonValue': 'The value, null when there is none.',
    'getObject(key) → jsonValue': 'The object, its parts in shared and private state put together.',
    'isDefined(key)': 'Whether there is a value.',
    'keys()': 'All keys, a list.',
    'putShared(key, value) → nodeState':
      'Writes shared state, which lasts for the journey; no place for a password.',
    'putTransient(key, value) → nodeState':
      'Writes transient state, which ends with the request unless a later node reads it.',
    'mergeShared(values) → nodeState': 'Writes several values of shared state.',
    'mergeTransient(values) → nodeState': 'Writes several values of transient state.',
    'remove(key)': 'Removes the key from all of the state.',
  }),
  idRepository: object('The people of the realm, by name.', {
    'getIdentity(name) → identity': 'Somebody, by user name or object id.',
    'getAttribute(user, name)': 'Values of an attribute, a set.',
    'setAttribute(user, name, values)': 'Replaces the values, at once.',
    'addAttribute(user, name, value)': 'Adds a value, at once.',
  }),
  httpClient: object('HTTP requests to public hosts, and to those that the server allows.', {
    'send(request) → promise': 'Sends an org.forgerock.http.protocol.Request.',
  }),
  logger: object('The log of the server.', {
    'message(text)': 'A line for whoever looks for a fault.',
    'warning(text)': 'A line about what should not be.',
    'error(text)': 'A line about what did not work.',
    'messageEnabled()': 'Whether such lines are kept.',
    'warningEnabled()': 'Whether such lines are kept.',
    'errorEnabled()': 'Whether such lines are kept.',
  }),
  JavaImporter: callable('JavaImporter(…)', 'Gives the classes of packages by their short names.'),
  Packages: callable('Packages', packages),
  java: callable('java', packages),
  javax: callable('javax', packages),
  org: callable('org', packages),
  com: callable('com', packages),
  importClass: callable('importClass(class)', importing),
  importPackage: callable('importPackage(package)', importing),
}

/** What the two parts of state are called in decisions and transformations. */
export const legacyState: Bindings = {
  sharedState: object('Shared state, which lasts for the journey; no place for a password.', layer),
  transientState: object('Transient state, which ends with the request unless a later node reads it.', layer),
}

/** What scripts have that ask and decide. */
export const legacyDecision: Bindings = {
  callbacks: {
    kind: 'list',
    help: 'What came back for the questions that the script asked, with Java’s getters.',
  },
  action: variable('Set it to what Action.goTo, Action.send or Action.suspend built.'),
}

/** What members answer that is no binding. */
export const legacyTypes: Bindings = {
  jsonValue: object('A value of the state.', {
    'asString()': 'The text; throws for anything else.',
    'asBoolean()': 'The flag.',
    'asInteger()': 'The whole number.',
    'asLong()': 'The whole number.',
    'asDouble()': 'The number.',
    'asMap()': 'The object, a map.',
    'asList()': 'The list.',
    'getObject()': 'Whatever it is.',
    'get(name) → jsonValue': 'A member.',
    'put(name, value)': 'Sets a member.',
    'isDefined(name)': 'Whether there is a member.',
    'contains(value)': 'Whether a list holds it.',
    'isNull()': 'Whether it is null.',
    'isNotNull()': 'Whether it is not null.',
    'isString()': 'Whether it is a text.',
    'isBoolean()': 'Whether it is a flag.',
    'isNumber()': 'Whether it is a number.',
    'isMap()': 'Whether it is an object.',
    'isList()': 'Whether it is a list.',
    'size()': 'How many members it has.',
    'keys()': 'The names of its members.',
    'toString()': 'As JSON.',
    'toJSON()': 'As JavaScript has it.',
  }),
  promise: object('An answer that is there already.', { 'get() → response': 'The answer.' }),
  response: object('An HTTP answer.', {
    'getStatus()': 'The status; getCode() of it is a number.',
    'getEntity()': 'The body; getString() of it is a text.',
    'getHeaders()': 'The headers.',
    'getCause()': 'What went wrong.',
  }),
}
