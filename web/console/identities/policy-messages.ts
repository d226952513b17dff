import { failedRequirements, type Requirement } from '../../api/person-schema.ts'
import { ApiError } from '../../api/request.ts'

type Params = NonNullable<Requirement['params']>

const messages: Readonly<Record<string, (params: Params) => string>> = {
  REQUIRED: () => 'This is needed',
  UNIQUE: () => 'Somebody else has this',
  VALID_TYPE: () => 'This is of another type',
  VALID_USERNAME: () => 'No spaces at its ends, and none of / \\ ? # % ; , " < > =',
  VALID_EMAIL_ADDRESS_FORMAT: () => 'This is no mail address',
  VALID_PHONE_FORMAT: () => 'This is no telephone number',
  VALID_NAME_FORMAT: () => 'None of { } < > =',
  VALID_DATE: () => 'This is no date',
  MIN_LENGTH: ({ minLength }) => `${minLength} characters or more`,
  MAX_LENGTH: ({ maxLength }) => `${maxLength} characters at most`,
  MINIMUM_NUMBER_VALUE: ({ minimum }) => `${minimum} or more`,
  MAXIMUM_NUMBER_VALUE: ({ maximum }) => `${maximum} at most`,
  AT_LEAST_X_CAPITAL_LETTERS: ({ numCaps }) => `Capital letters: ${numCaps} or more`,
  AT_LEAST_X_NUMBERS: ({ numNums }) => `Digits: ${numNums} or more`,
  CANNOT_CONTAIN_CHARACTERS: ({ forbiddenChars }) => `None of ${[forbiddenChars].flat().join(' ')}`,
  CANNOT_CONTAIN_DUPLICATES: () => 'Not the same sign again and again',
  CANNOT_CONTAIN_OTHERS: () => 'Without the user name',
  DICTIONARY: () => 'Others have used this one, and attackers know it',
}

/** What a value does not meet, for who has to type another one. */
function messageFor({ policyRequirement, params = {} }: Requirement): string {
  const write = Object.hasOwn(messages, policyRequirement) ? messages[policyRequirement] : undefined
  return write?.(params) ?? policyRequirement.toLowerCase().replaceAll('_', ' ')
}

/** What policies say of each attribute, where that is why something was refused. By the name of the attribute. */
export function policyProblems(error: Error | null): ReadonlyMap<string, string> {
  if (!(error instanceof ApiError)) return new Map()
  const failed = failedRequirements(error)
  return new Map([...failed].map(([name, requirements]) => [name, requirements.map(messageFor).join('. ')]))
}
