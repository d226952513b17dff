import { Radio } from '@mantine/core'
import * as z from 'zod/mini'
import { outputOf } from '../../../../api/authenticate.ts'
import { type CallbackProps, inputOf } from './callback-props.ts'

const providersSchema = z.array(z.looseObject({ provider: z.string() }))

/** Whom to sign in with. */
export function ProviderField({ callback, value, onChange }: CallbackProps) {
  const parsed = z.safeParse(providersSchema, outputOf(callback, 'providers'))
  const chosen = inputOf(value)
  return (
    <Radio.Group label="Sign in with" value={typeof chosen === 'string' ? chosen : null} onChange={onChange}>
      {(parsed.success ? parsed.data : []).map(({ provider }) => (
        <Radio key={provider} value={provider} label={<bdi>{provider}</bdi>} mt="xs" />
      ))}
    </Radio.Group>
  )
}
