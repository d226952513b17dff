import { type Bindings, callable, map, object, variable } from './binding.ts'
import { promiseMembers } from './every-script.ts'

const layer = {
  'get(key)': 'The value, or null.',
  'put(key, value)': 'Writes a value.',
  'remove(key)': 'Removes the key.',
  'containsKey(key)': 'Whether the key has a value.',
  'isDefined(key)': 'Whether the key has a value.',
  'keySet()': 'All keys.',
  'size()': 'Number of keys.',
  'isEmpty()': 'Whether there are no keys.',
  'toString()': 'The whole state as text.',
}

const packages = 'Java packages by name. They contain facades of the classes that scripts use.'

/** Bindings of every legacy script. */
export const legacy: Bindings = {
  nodeState: object('The state of the journey.', {
    'get(key) → jsonValue': 'The value, or null.',
    'getObject(key) → jsonValue': 'The object, merged from shared and private state.',
    'isDefined(key)': 'Whether the key has a value.',
    'keys()': 'All keys as a list.',
    'putShared(key, value) → nodeState':
      'Writes shared state, which lasts for the whole journey. Don’t store passwords in it.',
    'putTransient(key, value) → nodeState':
      'Writes transient state, which ends with the request unless a later node reads it.',
    'mergeShared(values) → nodeState': 'Writes several values of shared state.',
    'mergeTransient(values) → nodeState': 'Writes several values of transient state.',
    'remove(key)': 'Removes the key from all parts of the state.',
  }),
  idRepository: object('The people of the realm, by username.', {
    'getIdentity(name) → identity': 'The person with this username or object id.',
    'getAttribute(user, name)': 'The values of an attribute as a set.',
    'setAttribute(user, name, values)': 'Replaces the values immediately.',
    'addAttribute(user, name, value)': 'Adds a value immediately.',
  }),
  httpClient: object('HTTP requests to public hosts and to hosts that the server allows.', {
    'send(request) → promise': 'Sends an org.forgerock.http.protocol.Request.',
    'get(url, options) → response':
      'Sends a GET request. Options: headers and cookies, as lists of {field, value}.',
    'post(url, body, options) → response': 'Sends a POST request with a text as body.',
  }),
  logger: object('The server log.', {
    'message(text)': 'Logs a line for troubleshooting.',
    'warning(text)': 'Logs a warning.',
    'error(text)': 'Logs an error.',
    'messageEnabled()': 'Whether this level is logged.',
    'warningEnabled()': 'Whether this level is logged.',
    'errorEnabled()': 'Whether this level is logged.',
  }),
  requestParameters: map('Query parameters of the request: a list of values for each name.', {
    'get(name)': 'The values as a list, or null.',
    'containsKey(name)': 'Whether the name exists.',
    'put(name, values)': 'Replaces the values. Only the script itself sees them.',
  }),
  javax: callable('javax', packages),
  com: callable('com', packages),
}

/** The two parts of state in decisions and transformations. */
export const legacyState: Bindings = {
  sharedState: object('Shared state, which lasts for the whole journey. Don’t store passwords in it.', layer),
  transientState: object('Transient state, which ends with the request unless a later node reads it.', layer),
}

/** Bindings of scripts that send callbacks and decide. */
export const legacyDecision: Bindings = {
  callbacks: {
    kind: 'list',
    help: 'Answers to the callbacks that the script sent, with Java getters.',
  },
  action: variable('Set it to an action that Action.goTo, Action.send or Action.suspend built.'),
}

/** Types that members return and that are not bindings themselves. */
export const legacyTypes: Bindings = {
  jsonValue: object('A value in the state.', {
    'asString()': 'The text. Throws for other types.',
    'asBoolean()': 'The boolean.',
    'asInteger()': 'The integer.',
    'asLong()': 'The integer.',
    'asDouble()': 'The number.',
    'asMap()': 'The object as a map.',
    'asList()': 'The list.',
    'getObject()': 'The value in its own type.',
    'get(name) → jsonValue': 'The member with this name.',
    'put(name, value)': 'Sets a member.',
    'isDefined(name)': 'Whether the member exists.',
    'contains(value)': 'Whether the list contains the value.',
    'isNull()': 'Whether it is null.',
    'isNotNull()': 'Whether it is not null.',
    'isString()': 'Whether it is a text.',
    'isBoolean()': 'Whether it is a boolean.',
    'isNumber()': 'Whether it is a number.',
    'isMap()': 'Whether it is an object.',
    'isList()': 'Whether it is a list.',
    'size()': 'Number of members.',
    'keys()': 'Names of the members.',
    'toString()': 'The value as JSON text.',
    'toJSON()': 'The value as a JavaScript value.',
  }),
  promise: object('A response that has already arrived.', promiseMembers),
  response: object('An HTTP response.', {
    'getStatus()': 'The status. Its getCode() is a number.',
    'setStatus(status)': 'Replaces the status.',
    'getEntity()': 'The body. Its getString() is a text, and its getForm() the fields of a form.',
    'setEntity(body)': 'Replaces the body.',
    'getHeaders()': 'The headers.',
    'getCause()': 'Always null, because a failed request throws.',
    'getStatusCode()': 'The status code, such as 200.',
    'getReasonPhrase()': 'The status text, such as OK.',
    'hasHeaders()': 'Whether the response has headers.',
    'getCookies()': 'The cookies that the response sets, as a map by name.',
    'hasCookies()': 'Whether the response sets cookies.',
  }),
}
