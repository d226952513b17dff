import type { JsonObject } from '../../base/json.ts'
import { type Action, fail, send } from '../../engine/action.ts'
import { type Answer, callback } from '../../engine/callbacks.ts'
import type { NodeLog } from '../../engine/node-type.ts'
import type { FailedPolicy, IdentityPort } from '../ports/ports.ts'
import { checkPolicies, failedPoliciesOutput, isValidateOnly, noPolicyAnswer } from './policy-checks.ts'

/** The credential to ask for. The plain callback accepts any text, the validated one only what policies allow. */
export type Credential = {
  attribute: string
  prompt: string
  isValidated: boolean
  plain: 'NameCallback' | 'PasswordCallback'
  validated: 'ValidatedCreateUsernameCallback' | 'ValidatedCreatePasswordCallback'
  /** Further outputs of either callback. */
  output?: JsonObject
  /** Initial value of the field. */
  preset?: string | undefined
  /** Id of the person who chooses it, if known. */
  personId?: string | undefined
}

type Asking = { answers: readonly Answer[]; identities: IdentityPort; log: NodeLog }

/**
 * Asks until the value is valid.
 * @returns the accepted text, which may be empty, or the action to return
 */
export async function askForCredential(
  credential: Credential,
  asking: Asking,
): Promise<string | Action<never>> {
  const { attribute, isValidated, plain, prompt, validated } = credential
  const answer = asking.answers.find(({ type }) => type === (isValidated ? validated : plain))
  const value = answer?.input['']
  if (!isValidated) {
    if (typeof value === 'string') return value
    return send([callback(plain, { prompt, ...credential.output }, presetOf(credential))])
  }
  if (typeof value !== 'string') return askValidated(credential, asking.identities, [], false)
  const failures = await checkPolicies(asking, { [attribute]: value }, credential.personId)
  if (failures === undefined) return fail(noPolicyAnswer)
  const failed = failures[attribute] ?? []
  if (failed.length === 0 && !isValidateOnly(answer)) return value
  return askValidated(credential, asking.identities, failed, isValidateOnly(answer))
}

function askValidated(
  credential: Credential,
  identities: IdentityPort,
  failed: readonly FailedPolicy[],
  validateOnly: boolean,
): Action<never> {
  const { attribute, prompt, validated } = credential
  const schema = identities.attribute(attribute)
  const output = {
    ...(validated === 'ValidatedCreatePasswordCallback' ? { echoOn: false } : {}),
    policies: schema?.policies ?? {},
    failedPolicies: failedPoliciesOutput(failed),
    validateOnly,
    prompt: schema?.title || schema?.description || prompt,
    ...credential.output,
  }
  return send([callback(validated, output, presetOf(credential))])
}

function presetOf({ preset }: Credential): JsonObject | undefined {
  return preset === undefined ? undefined : { '': preset }
}
