import * as z from 'zod/mini'
import { type Callback, outputOf } from '../../api/authenticate.ts'
import { cleanText } from '../messages/clean-text.ts'

/** The provider id for signing in with a username and password. */
export const localProvider = 'localAuthentication'

const providerSchema = z.object({
  provider: z.string(),
  uiConfig: z._default(z.record(z.string(), z.unknown()), {}),
})

export type Provider = {
  provider: string
  name: string
  image: string | undefined
  style: string | undefined
}

export function providersOf(callback: Callback): Provider[] {
  const all = outputOf(callback, 'providers')
  return (Array.isArray(all) ? all : []).flatMap((each) => {
    const read = z.safeParse(providerSchema, each)
    if (!read.success) return []
    const { provider, uiConfig } = read.data
    const text = (name: string) =>
      typeof uiConfig[name] === 'string' && uiConfig[name] !== '' ? uiConfig[name] : undefined
    return [
      {
        provider,
        name: cleanText(text('buttonDisplayName') ?? provider, 80),
        image: text('buttonImage'),
        style: text('buttonCustomStyle'),
      },
    ]
  })
}
