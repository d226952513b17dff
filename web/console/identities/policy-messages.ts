import { failedRequirements, type Requirement } from '../../api/person-schema.ts'
import { ApiError } from '../../api/request.ts'

type Params = NonNullable<Requirement['params']>

const messages: Readonly<Record<string, (params: Params) => string>> = {
  REQUIRED: () => 'This field is required',
  UNIQUE: () => 'Already in use',
  VALID_TYPE: () => 'Wrong type of value',
  VALID_USERNAME: () => 'Don’t start or end with a space, and don’t use / \\ ? # % ; , " < > =',
  OWN_ADDRESS: () => 'In the form of an email address, only the person’s own address is allowed',
  VALID_EMAIL_ADDRESS_FORMAT: () => 'Enter a valid email address',
  VALID_PHONE_FORMAT: () => 'Enter a valid phone number',
  VALID_NAME_FORMAT: () => 'Don’t use { } < > =',
  VALID_DATE: () => 'Enter a valid date',
  MIN_LENGTH: ({ minLength }) => `At least ${minLength} characters`,
  MAX_LENGTH: ({ maxLength }) => `At most ${maxLength} characters`,
  MINIMUM_NUMBER_VALUE: ({ minimum }) => `At least ${minimum}`,
  MAXIMUM_NUMBER_VALUE: ({ maximum }) => `At most ${maximum}`,
  AT_LEAST_X_CAPITAL_LETTERS: ({ numCaps }) => `At least ${numCaps} capital letters`,
  AT_LEAST_X_NUMBERS: ({ numNums }) => `At least ${numNums} digits`,
  CANNOT_CONTAIN_CHARACTERS: ({ forbiddenChars }) => `Don’t use ${[forbiddenChars].flat().join(' ')}`,
  CANNOT_CONTAIN_DUPLICATES: () => 'Don’t repeat the same character',
  CANNOT_CONTAIN_OTHERS: () => 'Must not contain the username',
  DICTIONARY: () => 'This password is too common',
}

/** Tells how to correct the value. Unknown requirements are shown by name. */
function messageFor({ policyRequirement, params = {} }: Requirement): string {
  const write = Object.hasOwn(messages, policyRequirement) ? messages[policyRequirement] : undefined
  return write?.(params) ?? policyRequirement.toLowerCase().replaceAll('_', ' ')
}

/** Policy problems by attribute name, if policies are why the server rejected the request. */
export function policyProblems(error: Error | null): ReadonlyMap<string, string> {
  if (!(error instanceof ApiError)) return new Map()
  const failed = failedRequirements(error)
  return new Map([...failed].map(([name, requirements]) => [name, requirements.map(messageFor).join('. ')]))
}
