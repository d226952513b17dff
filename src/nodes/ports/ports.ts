import type { Json, JsonObject } from '../../base/json.ts'
import type { Action } from '../../engine/action.ts'
import type { Answer } from '../../engine/callbacks.ts'
import type { NodeState } from '../../engine/node-state.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import type { CertificatePort } from './certificate-port.ts'
import type {
  AuthorizedKeyPort,
  DeviceKeyPort,
  PasskeyPort,
  PersistentCookiePort,
  ThingTokenPort,
} from './device-ports.ts'
import type { ApprovalPort, BackchannelPort, VerificationPort } from './help-desk-ports.ts'
import type {
  BreachPort,
  DirectoryPort,
  IdTokenPort,
  RadiusPort,
  SamlPort,
  SocialClientPort,
  SocialPort,
  WebPort,
} from './outside-ports.ts'
import type { PushPort } from './push-port.ts'
import type { SelfService } from './self-service-port.ts'

/** A person in the form of the managed-object REST API: `_id`, `userName`, `mail` and so on, never a password. */
export type Person = JsonObject & { _id: string; userName: string }

/** `unknown` and `wrong` take the same time. `locked` doesn't depend on the password. */
export type PasswordVerdict =
  | { kind: 'right'; person: Person; mustChange: boolean }
  | { kind: 'wrong' | 'unknown' | 'locked' }

/** An attribute of the realm's managed objects. Source: "Managed object schema" of the vendor's identity management. */
export type PersonAttribute = {
  name: string
  title: string
  description: string
  type: string | readonly string[]
  viewable: boolean
  userEditable: boolean
  isRequired: boolean
  /** In the form that callbacks contain. */
  policies: JsonObject
}

export type FailedPolicy = { policyRequirement: string; params?: JsonObject }

/** People of the journey's realm. Changes are saved with the step, all or nothing. */
export type IdentityPort = {
  /** By username or object id. */
  find(nameOrId: string): Promise<Person | undefined>
  /** At most two people: enough to detect ambiguity. */
  findByAttribute(attribute: string, value: string): Promise<readonly Person[]>
  /** @param kind identities of other kinds are `unknown` */
  checkPassword(nameOrId: string, password: string, kind?: 'user' | 'agent'): Promise<PasswordVerdict>
  /** Whether the person is inactive or locked after wrong passwords. */
  isLocked(id: string): Promise<boolean>
  /** Whether an attribute has a value. Passwords and other hidden attributes count. */
  hasAttribute(id: string, name: string): Promise<boolean>
  /** Epoch milliseconds at which the person was created; undefined for unknown ids. */
  createdAt(id: string): Promise<number | undefined>
  /** @throws Error if the filter can't be parsed. Source: "Query" in the vendor's common REST guide. */
  matches(person: Person, filter: string): boolean
  /** Whether the answer matches a stored answer to a security question. */
  checkAnswer(stored: Json, answer: string): Promise<boolean>
  /**
   * Creates a person or thing when the step is saved. Things need no name and no email address. @throws an error named
   * `RequestError` if policies reject it
   */
  createWithStep(object: JsonObject, as?: 'person' | 'thing'): Promise<Person>
  /** Converts attributes from AM's names, such as `uid`, to those of managed objects. */
  fromAmAttributes(attributes: Readonly<Record<string, readonly string[]>>): JsonObject
  /** Sets attributes; null removes one. @throws an error named `RequestError` if policies reject the changes */
  patch(id: string, changes: JsonObject): Promise<void>
  /**
   * Changes the person's password, after checking the old one. @returns `refused` if the person's directory rejects the
   * new password
   */
  changePassword(id: string, passwords: { old: string; fresh: string }): Promise<'changed' | 'refused'>
  setActive(id: string, isActive: boolean): Promise<void>
  attribute(name: string): PersonAttribute | undefined
  attributeNames: readonly string[]
  requiredAttributes: readonly string[]
  /** @returns the failed policies by attribute, empty if all values are valid */
  checkPolicies(values: JsonObject, id?: string): Promise<Readonly<Record<string, readonly FailedPolicy[]>>>
}

/** A script to run, and the state keys and settings that it may use. */
export type ScriptRequest = {
  /** Id of the script, or the source and name of a custom node's script. */
  script: string | { name: string; id: string; source: string }
  as: 'decision' | 'config' | 'deviceMatch' | 'customNode' | 'transformation'
  /** The profile to transform. */
  profile?: TransformedProfile
  /** State keys that the script may read. */
  inputs: readonly string[]
  /** State keys that a script of the legacy engine may write. Unset: any. */
  outputs?: readonly string[]
  properties?: JsonObject
}

/** A profile from an identity provider, raw or normalized. */
export type TransformedProfile = {
  rawProfile?: JsonObject
  normalizedProfile?: JsonObject
  /** Claims of an ID token. */
  jwtClaims?: JsonObject
  selectedIdp: string
}

/** The result of a script. Its writes are already in the node's state. */
export type ScriptOutcome = {
  /** The action that the script chose by `action` or `callbacksBuilder`. */
  action: Action | undefined
  /** The variables `outcome` and `config` at the end of the script. */
  outcome: Json | undefined
  config: Json | undefined
  auditDetail: Json | undefined
  /** The value of the last statement; only set for transformations. */
  value?: Json
}

/** A script that threw, timed out or doesn't exist. The message is for the log and names script and line. */
export class ScriptFailure extends Error {
  override readonly name = 'ScriptFailure'
}

export type ScriptPort = {
  /** @throws ScriptFailure; none of the script's writes take effect then */
  run(request: ScriptRequest): Promise<ScriptOutcome>
}

/** Scripts of the realm that transform profiles from identity providers. */
export type TransformationPort = {
  /**
   * @param inputs state keys that the script may read. Default: all
   * @returns the transformed profile, or undefined if the realm has no such script
   * @throws ScriptFailure that names the script; none of its writes are made then
   */
  run(
    script: string,
    profile: TransformedProfile,
    inputs?: readonly string[],
  ): Promise<JsonObject | undefined>
}

/** Input of an inner node: its own answers, and the state of the outer node. */
type InnerVisit = { answers: readonly Answer[]; state: NodeState }

/**
 * Runs other nodes as part of this node's visit. An outcome that the inner type doesn't offer becomes an error action.
 */
export type NodePort = {
  /** Without a version, the first one. */
  typeNamed(type: string, version?: string): AnyNodeType | undefined
  /** The type of a node of this page, in its own version. */
  childType(id: string): AnyNodeType | undefined
  /**
   * Runs a node of this page in its own version, with its secrets opened.
   * @returns undefined if the journey has no such node
   */
  runChild(child: InnerVisit & { id: string }): Action | undefined | Promise<Action | undefined>
  /**
   * Runs as a node of another type, under this node's id. That type's schema parses the settings.
   * @throws z.ZodError if the settings don't fit the type
   */
  imitate(
    node: InnerVisit & { type: string; version: string | undefined; config: JsonObject },
  ): Action | Promise<Action>
}

/** A mail server configured in a node. */
export type MailServer = {
  host: string
  port: number
  security: 'none' | 'startTls' | 'tls'
  username: string
  password: string
}

/** An email as nodes write it. Without sender or server, the server's settings apply. */
export type OutgoingMail = {
  from: string
  to: string
  subject: string
  body: string
  isHtml: boolean
  server?: MailServer
}

/** Sends email once the step is saved: a step that is repeated or loses its claim sends nothing. */
export type MailPort = {
  send(mail: OutgoingMail): void
  /**
   * Writes an email from a template of the realm, in a locale of the request.
   * @param object values that the template may show, such as `{{object.givenName}}`
   * @returns false if the realm has no such template or it is disabled
   */
  sendTemplate(template: string, to: string, object: JsonObject): Promise<boolean>
}

/** Sends text messages once the step is saved, through the realm's gateway. */
export type MessagePort = {
  /**
   * @param to a telephone number as people write it
   * @returns the reason why the message is not sent; undefined if it is queued
   */
  sendText(to: string, text: string): Promise<'noGateway' | 'noNumber' | 'tooMany' | undefined>
}

/** Random values that can't be guessed. */
export type SecretsPort = {
  /** Decimal digits. */
  digits(length: number): string
  /** Hexadecimal digits. */
  hex(length: number): string
  /** Compares in constant time. */
  isSame(one: string, other: string): boolean
}

/** `binding`: a key held by an app. `profile`: a device's description of itself. */
export type DeviceKind = 'oath' | 'push' | 'webauthn' | 'binding' | 'profile'

/** A registered second factor. Members besides these depend on the kind and belong to its nodes. */
export type Device = JsonObject & {
  uuid: string
  deviceName: string
  /** Hashes of the remaining recovery codes. */
  recoveryCodes: string[]
}

/** Registered devices. They are stored sealed: REST, scripts and logs never see their keys. */
export type DevicePort = {
  /** The person's devices, oldest first. */
  registered(personId: string, kind: DeviceKind): Promise<readonly Device[]>
  /** Replaces all devices of that kind when the step is saved. */
  save(personId: string, kind: DeviceKind, devices: readonly Device[]): Promise<void>
  /** A device as text for state, which only {@link DevicePort.open} can read. */
  seal(device: Device): string
  /** undefined for a text that this server didn't seal. */
  open(sealed: string): Device | undefined
  /** New codes to show once, and their hashes to store. */
  newRecoveryCodes(): { codes: string[]; hashes: string[] }
  /** The remaining hashes after the code is used; undefined if no hash matches. */
  useRecoveryCode(hashes: readonly string[], code: string): string[] | undefined
}

/** A one-time password and the range to search it in. Sources: RFC 4226 and RFC 6238. */
export type OathCode = {
  /** Hexadecimal. */
  secret: string
  code: string
  /** Where the search starts: a counter, or the time in steps. */
  counter: number
  /** Steps to search before and after. */
  back: number
  ahead: number
  hash: 'sha1' | 'sha256' | 'sha512'
}

export type OathPort = {
  /** The counter that matches the code, or undefined. Takes the same time for every wrong code. */
  counterOf(code: OathCode): Promise<number | undefined>
  /** Converts a key from hexadecimal to the form of authenticator apps. */
  base32(secret: string): Promise<string>
}

/**
 * Metrics, updated once the step is saved. Administrators choose the keys, such as `sign.ups`. Sources: "Meter node",
 * "Timer Stop node".
 */
export type MetricsPort = {
  count(key: string): void
  time(key: string, seconds: number): void
  /** Epoch milliseconds of this moment, unlike the time that nodes see, which is the request's. */
  now(): number
}

/** Logout webhooks of the journey's realm. Source: "Configure webhooks". */
export type WebhookPort = {
  exists(name: string): Promise<boolean>
}

/** Kinds of credentials. Wrong attempts are counted for each kind. */
export type AttemptedFactor = 'oath' | 'code' | 'recovery' | 'kba' | 'binding' | 'webauthn'

/**
 * The result of an attempt: a right credential, or the reason why it doesn't count. The reason goes to the log and
 * never contains the credential; `detail` goes only to the log.
 */
export type AttemptResult<Right> =
  | { kind: 'right'; value: Right }
  | { kind: 'wrong'; reason: string; detail?: string }

/** Reason of an attempt that was rejected before the credential was checked. */
export const tooManyAttempts = 'Too many wrong attempts: no more are checked for now'

/**
 * Counts wrong attempts at a person's credential, immediately and across all servers. Nodes check second factors only
 * through this.
 */
export type AttemptPort = {
  /**
   * Counts an attempt, checks the credential unless there were too many, and resets the count after a right one.
   * @param personId undefined if the person isn't known yet: attempts then count for the journey session
   * @returns the result of the check, or `tooManyAttempts`
   */
  check<Right>(
    factor: AttemptedFactor,
    personId: string | undefined,
    check: () => Promise<AttemptResult<Right>>,
  ): Promise<AttemptResult<Right>>
}

/** Tokens that others decrypt with the same key. */
export type EncryptionPort = {
  /** A JWT that is encrypted directly with a key of 32 bytes (`A128CBC-HS256`). */
  jwt(claims: JsonObject, key: Uint8Array): Promise<string>
}

/** A web service that chooses the outcome of a node. */
export type StandInHook = {
  does: 'hook'
  url: string
  /** Keys of shared state that it gets. */
  sends: readonly string[]
  /** Keys of shared state that it may set. */
  takes: readonly string[]
}

/** What administrators of the realm declared for types that can't run here. */
export type StandInPort = {
  declared(type: string): { does: 'outcome'; outcome: string } | StandInHook | undefined
  /** The settings of a node for a web service, with null for possible credentials at any depth. */
  withoutSecrets(settings: JsonObject): JsonObject
}

/** Everything outside of the engine that nodes may use. A node gets only the ports it declares. */
export type Ports = {
  identities: IdentityPort
  scripts: ScriptPort
  backchannel: BackchannelPort
  verification: VerificationPort
  approvals: ApprovalPort
  nodes: NodePort
  mailer: MailPort
  messenger: MessagePort
  secrets: SecretsPort
  devices: DevicePort
  oath: OathPort
  attempts: AttemptPort
  passkeys: PasskeyPort
  deviceKeys: DeviceKeyPort
  thingTokens: ThingTokenPort
  authorizedKeys: AuthorizedKeyPort
  persistentCookies: PersistentCookiePort
  directories: DirectoryPort
  radius: RadiusPort
  idTokens: IdTokenPort
  breaches: BreachPort
  certificates: CertificatePort
  web: WebPort
  social: SocialPort
  socialClients: SocialClientPort
  transformations: TransformationPort
  saml: SamlPort
  metrics: MetricsPort
  webhooks: WebhookPort
  selfService: SelfService
  standIns: StandInPort
  encryption: EncryptionPort
  push: PushPort
}
