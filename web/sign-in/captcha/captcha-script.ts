import * as z from 'zod/mini'

/** The two ways in which all services know whether somebody is a person: a widget to press, or a score in the background. */
export type CaptchaApi = {
  render(place: HTMLElement, options: Readonly<Record<string, unknown>>): unknown
  execute(siteKey: string, options: { action: string }): Promise<string>
}

type Ready = { ready?: (then: () => void) => void }

/** What the script of a service leaves in the page, by its name there. */
const globals = { recaptcha: 'grecaptcha', hcaptcha: 'hcaptcha', turnstile: 'turnstile' } as const

const loaded = new Map<string, Promise<void>>()

/**
 * Loads the script of a service. The page's policy lets in those of the service that this address of the page is for.
 * @throws Error when it can't be loaded, or is not what was expected.
 */
export async function captchaApi(
  service: keyof typeof globals,
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<CaptchaApi> {
  const address = new URL(url)
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  const isThere = loaded.get(address.href) ?? load(address.href)
  loaded.set(address.href, isThere)
  await isThere
  const found: unknown = Reflect.get(window, globals[service])
  const enterprise: unknown = z.safeParse(z.object({ enterprise: z.unknown() }), found).data?.enterprise
  const api = /enterprise\.js$/.test(address.pathname) ? enterprise : found
  if (typeof api !== 'object' || api === null) throw new Error('the CAPTCHA script left nothing in the page')
  // Somebody else's code, whose shape its documentation promises.
  const { ready } = api as Ready
  await new Promise<void>((resolve) => (ready === undefined ? resolve() : ready(resolve)))
  return api as CaptchaApi
}

function load(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = address
    script.async = true
    script.onload = () => resolve()
    script.onerror = () => {
      loaded.delete(address)
      script.remove()
      reject(new Error('the CAPTCHA script could not be loaded'))
    }
    document.head.append(script)
  })
}
