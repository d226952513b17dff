import { type Action, fail, send } from '../journey/action.ts'
import { type Answer, callback } from '../journey/callbacks.ts'
import type { NodeLog } from '../journey/node-type.ts'
import { checkPolicies, failedPoliciesOutput, isValidateOnly, noPolicyAnswer } from './policy-checks.ts'
import type { FailedPolicy, IdentityPort } from './ports.ts'

/** What is asked for: a plain callback takes any text, a validated one what the realm's policies allow. */
export type Credential = {
  attribute: string
  prompt: string
  isValidated: boolean
  plain: 'NameCallback' | 'PasswordCallback'
  validated: 'ValidatedCreateUsernameCallback' | 'ValidatedCreatePasswordCallback'
  /** The person who chooses it, when known. */
  personId?: string | undefined
}

type Asking = { answers: readonly Answer[]; identities: IdentityPort; log: NodeLog }

/**
 * Asks until the value will do.
 * @returns the accepted text, which may be empty, or what the node has to answer instead.
 */
export async function askForCredential(
  credential: Credential,
  asking: Asking,
): Promise<string | Action<never>> {
  const { attribute, isValidated, plain, prompt, validated } = credential
  const answer = asking.answers.find(({ type }) => type === (isValidated ? validated : plain))
  const value = answer?.input['']
  if (!isValidated) return typeof value === 'string' ? value : send([callback(plain, { prompt })])
  if (typeof value !== 'string') return askValidated(credential, asking.identities, [], false)
  const failures = await checkPolicies(asking, { [attribute]: value }, credential.personId)
  if (failures === undefined) return fail(noPolicyAnswer)
  const failed = failures[attribute] ?? []
  if (failed.length === 0 && !isValidateOnly(answer)) return value
  return askValidated(credential, asking.identities, failed, isValidateOnly(answer))
}

function askValidated(
  { attribute, prompt, validated }: Credential,
  identities: IdentityPort,
  failed: readonly FailedPolicy[],
  validateOnly: boolean,
): Action<never> {
  const schema = identities.attribute(attribute)
  return send([
    callback(validated, {
      ...(validated === 'ValidatedCreatePasswordCallback' ? { echoOn: false } : {}),
      policies: schema?.policies ?? {},
      failedPolicies: failedPoliciesOutput(failed),
      validateOnly,
      prompt: schema?.title || schema?.description || prompt,
    }),
  ])
}
