import { hash, webcrypto } from 'node:crypto'
import { z } from 'zod'
import type { Json } from '../../base/json.ts'
import { checkBcrypt } from '../check-bcrypt.ts'
import { type HostCall, HostCallError } from '../script-engine.ts'
import { hasPair, importKey } from './crypto-keys.ts'
import type { SlowTurn } from './slow-calls.ts'

const { subtle } = webcrypto

/** Maximum number of PBKDF2 iterations. They take half a second in another thread. */
const MAX_ITERATIONS = 1_000_000

const bytes = z.string().transform((text) => Buffer.from(text, 'base64'))

/** The vendor's names, then those of Web Crypto. */
const names = [
  ...['AES', 'RSA', 'HMAC', 'ECDSA', 'PBKDF2'],
  ...['AES-GCM', 'AES-CBC', 'RSA-OAEP', 'RSASSA-PKCS1-v1_5'],
]
const hashes = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const

/** Bits of a new HMAC key, as Java's generators make them. */
const hmacBits = { 'SHA-1': 512, 'SHA-256': 256, 'SHA-384': 384, 'SHA-512': 512 } as const

const algorithm = z.object({
  name: z.enum(names, { error: `the algorithm must be one of ${names.join(', ')}` }),
  hash: z.enum(hashes, { error: `the hash must be one of ${hashes.join(', ')}` }).default('SHA-256'),
  namedCurve: z.enum(['P-256', 'P-384', 'P-521']).default('P-256'),
  length: z
    .union([z.literal(128), z.literal(192), z.literal(256), z.literal(384), z.literal(512)], {
      error: 'the length must be 128, 192, 256, 384 or 512 bits',
    })
    .optional(),
  modulusLength: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]).default(2048),
  iterations: z.number().int().min(1).max(MAX_ITERATIONS).default(100_000),
  iv: bytes.optional(),
  salt: bytes.optional(),
})
type Algorithm = z.output<typeof algorithm>

/** Resolves the vendor's short algorithm names. */
function resolved(chosen: Algorithm, use: webcrypto.KeyUsage): Algorithm {
  if (chosen.name === 'AES') return { ...chosen, name: 'AES-GCM' }
  if (chosen.name !== 'RSA') return chosen
  return { ...chosen, name: use === 'sign' || use === 'verify' ? 'RSASSA-PKCS1-v1_5' : 'RSA-OAEP' }
}

/** Without an IV from the script, AES-GCM uses a random one and puts it before the ciphertext. */
const ivBytes = 12

const encode = (buffer: ArrayBuffer) => Buffer.from(buffer).toString('base64')

function parameters({ name, hash, iv }: Algorithm): webcrypto.AesGcmParams | webcrypto.EcdsaParams {
  return iv === undefined ? { name, hash } : { name, iv, hash }
}

async function encrypt(
  given: Algorithm,
  key: Buffer<ArrayBuffer>,
  data: Buffer<ArrayBuffer>,
): Promise<string> {
  const chosen = resolved(given, 'encrypt')
  const isUnnamed = given.name === 'AES' && given.iv === undefined
  const iv = isUnnamed ? Buffer.from(webcrypto.getRandomValues(new Uint8Array(ivBytes))) : given.iv
  const imported = await importKey(key, chosen, 'encrypt')
  const sealed = await subtle.encrypt(parameters({ ...chosen, iv }), imported, data)
  return Buffer.concat([...(isUnnamed && iv ? [iv] : []), Buffer.from(sealed)]).toString('base64')
}

async function decrypt(
  given: Algorithm,
  key: Buffer<ArrayBuffer>,
  data: Buffer<ArrayBuffer>,
): Promise<string> {
  const chosen = resolved(given, 'decrypt')
  const isUnnamed = given.name === 'AES' && given.iv === undefined
  const [iv, sealed] = isUnnamed ? [data.subarray(0, ivBytes), data.subarray(ivBytes)] : [given.iv, data]
  const imported = await importKey(key, chosen, 'decrypt')
  return encode(await subtle.decrypt(parameters({ ...chosen, iv }), imported, sealed))
}

async function newPair({ name, hash, namedCurve, modulusLength }: Algorithm): Promise<Json> {
  const rsa = { name, hash, modulusLength, publicExponent: new Uint8Array([1, 0, 1]) }
  const usages: webcrypto.KeyUsage[] = name === 'RSA-OAEP' ? ['encrypt', 'decrypt'] : ['sign', 'verify']
  const pair = await subtle.generateKey(name === 'ECDSA' ? { name, namedCurve } : rsa, true, usages)
  return {
    publicKey: encode(await subtle.exportKey('spki', pair.publicKey)),
    privateKey: encode(await subtle.exportKey('pkcs8', pair.privateKey)),
  }
}

function newSecret({ name, hash, length = name === 'HMAC' ? hmacBits[hash] : 256 }: Algorithm): Json {
  return encode(webcrypto.getRandomValues(new Uint8Array(length / 8)).buffer)
}

async function deriveKey(chosen: Algorithm, password: Buffer<ArrayBuffer>): Promise<string> {
  const { hash, iterations, length = 256, salt = Buffer.alloc(0) } = chosen
  const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
  return encode(await subtle.deriveBits({ name: 'PBKDF2', hash, iterations, salt }, key, length))
}

const withKey = z.tuple([algorithm, bytes, bytes])

/** Operations with a key pair take a turn: the script can have chosen a slow key. */
// rule S50: otherwise operations with keys of scripts run all at once
const inTurn = <T>({ name }: Algorithm, turn: SlowTurn, work: () => Promise<T>) =>
  hasPair(name) ? turn.brief(work) : work()

/** Answers to untrusted arguments. */
type Answers = Record<string, (args: Json[], turn: SlowTurn) => Promise<Json>>

const answers: Answers = {
  async 'crypto.digest'(args) {
    const [name, data] = z.tuple([z.string(), bytes]).parse(args)
    return name === 'MD5' ? hash('md5', data, 'base64') : encode(await subtle.digest(name, data))
  },
  async 'crypto.checkBcrypt'(args, turn) {
    return checkBcrypt(...z.tuple([z.string(), z.string()]).parse(args), turn)
  },
  async 'crypto.generateKey'(args, turn) {
    const chosen = resolved(z.tuple([algorithm]).parse(args)[0], 'sign')
    // rule S50: otherwise new key pairs are not counted as slow
    return hasPair(chosen.name) ? turn.slow(() => newPair(chosen)) : newSecret(chosen)
  },
  async 'crypto.deriveKey'(args, turn) {
    const [chosen, password] = z.tuple([algorithm, bytes]).parse(args)
    // rule S50: otherwise derived keys are not counted as slow
    return turn.slow(() => deriveKey(chosen, password))
  },
  async 'crypto.encrypt'(args, turn) {
    const [chosen, key, data] = withKey.parse(args)
    return inTurn(chosen, turn, () => encrypt(chosen, key, data))
  },
  async 'crypto.decrypt'(args, turn) {
    const [chosen, key, data] = withKey.parse(args)
    return inTurn(chosen, turn, () => decrypt(chosen, key, data))
  },
  async 'crypto.sign'(args, turn) {
    const [given, key, data] = withKey.parse(args)
    const chosen = resolved(given, 'sign')
    return inTurn(chosen, turn, async () =>
      encode(await subtle.sign(parameters(chosen), await importKey(key, chosen, 'sign'), data)),
    )
  },
  async 'crypto.verify'(args, turn) {
    const [given, key, data, signature] = z.tuple([algorithm, bytes, bytes, bytes]).parse(args)
    const chosen = resolved(given, 'verify')
    return inTurn(chosen, turn, async () =>
      subtle.verify(parameters(chosen), await importKey(key, chosen, 'verify'), signature, data),
    )
  },
}

/**
 * Answers `crypto.*` in the thread pool.
 * @param turn counts the slow calculations of the run, and lets them wait for each other.
 * @throws HostCallError with status 400 for invalid arguments.
 */
export async function answerCryptoCall({ op, args }: HostCall, turn: SlowTurn): Promise<Json> {
  const answer = Object.hasOwn(answers, op) ? answers[op] : undefined
  if (answer === undefined) throw new HostCallError(`Unknown operation ${op}`, 501)
  try {
    return await answer(args, turn)
  } catch (error) {
    if (error instanceof HostCallError) throw error
    throw new HostCallError(`${op} failed: ${reasonOf(error)}`, 400)
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues[0]?.message ?? 'the arguments are invalid'
  return error instanceof Error ? error.message : String(error)
}
