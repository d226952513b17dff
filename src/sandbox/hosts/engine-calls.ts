import { z } from 'zod'
import type { Json } from '../../base/json.ts'
import { type HostCall, HostCallError } from '../script-engine.ts'
import { answerCryptoCall } from './crypto.ts'
import { decryptJwe, generateJwt, validateJwtClaims } from './jwt.ts'
import type { ScriptSecrets } from './script-secrets.ts'
import { createSlowGate, type SlowCalls, type SlowTurn } from './slow-calls.ts'

/** Answers calls that don't need the server: cryptography, JWTs and secrets of scripts. */
export type EngineCalls = (call: HostCall, run: SlowCalls) => Promise<Json> | undefined

/** @param now epoch milliseconds. @returns undefined for calls that the server answers. Rejects with HostCallError for invalid arguments. */
export function createEngineCalls(secrets: ScriptSecrets | undefined, now: () => number): EngineCalls {
  const answers: Record<string, (args: Json[], turn: SlowTurn) => Promise<Json>> = {
    'jwtAssertion.generateJwt': ([data], turn) => generateJwt(data, now(), turn),
    'jwtValidator.validateJwtClaims': ([data], turn) => validateJwtClaims(data, now(), turn),
    async 'jwt.decrypt'(args) {
      try {
        return await decryptJwe(...z.tuple([z.string(), z.string()]).parse(args))
      } catch {
        // Without the reason, which would help an attacker.
        throw new HostCallError('The token cannot be decrypted', 400)
      }
    },
    ...(secrets && { 'secrets.get': async ([id]: Json[]) => secrets(String(id)) }),
  }
  const gate = createSlowGate()
  return (call, run) => {
    if (call.op.startsWith('crypto.')) return answerCryptoCall(call, gate(run))
    return Object.hasOwn(answers, call.op) ? answers[call.op]?.(call.args, gate(run)) : undefined
  }
}
