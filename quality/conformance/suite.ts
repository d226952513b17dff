import { z } from 'zod'

const created = z.object({ id: z.string() })
const moduleSchema = z.object({
  testModule: z.string(),
  variant: z.record(z.string(), z.string()).nullish(),
})
const planSchema = created.extend({ modules: z.array(moduleSchema) })
const infoSchema = z.object({ status: z.string(), result: z.string().nullish() })
const addressSchema = z.object({ url: z.string(), method: z.string().nullish() })
const runningSchema = z.object({
  browser: z.object({ urlsWithMethod: z.array(addressSchema).default([]) }).nullish(),
})
const imageSchema = z.object({
  msg: z.string().nullish(),
  upload: z.string().nullish(),
  img: z.string().nullish(),
})
const entrySchema = z.object({
  result: z.string().nullish(),
  src: z.string().nullish(),
  msg: z.string().nullish(),
  requirements: z.array(z.string()).nullish(),
})

export type Module = z.infer<typeof moduleSchema>
export type Info = z.infer<typeof infoSchema>
/** An address that a person has to open. */
export type Address = z.infer<typeof addressSchema>
/** A picture for a reviewer, or a place for one. */
export type Image = z.infer<typeof imageSchema>
export type Entry = z.infer<typeof entrySchema>

/** The REST interface of a running suite that doesn't ask who calls it (its profile `dev`). */
export class Suite {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  async #ask<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    method: 'GET' | 'POST' | 'DELETE' = 'GET',
    body?: string,
  ): Promise<z.infer<Schema>> {
    const type = body?.startsWith('{') === true ? 'application/json' : 'text/plain'
    const answer = await fetch(`${this.#url}/api/${path}`, {
      method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': type } }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`)
    return schema.parse(text === '' ? undefined : JSON.parse(text))
  }

  create(plan: string, variant: object, configuration: object) {
    const query = new URLSearchParams({ planName: plan, variant: JSON.stringify(variant) })
    return this.#ask(planSchema, `plan?${query}`, 'POST', JSON.stringify(configuration))
  }

  /** Most modules start by themselves. */
  async prepare(plan: string, { testModule, variant }: Module): Promise<string> {
    const query = new URLSearchParams({ test: testModule, plan })
    if (variant) query.set('variant', JSON.stringify(variant))
    return (await this.#ask(created, `runner?${query}`, 'POST')).id
  }

  async start(id: string): Promise<void> {
    await this.#ask(z.unknown(), `runner/${id}`, 'POST')
  }

  async cancel(id: string): Promise<void> {
    await this.#ask(z.unknown(), `runner/${id}`, 'DELETE')
  }

  info(id: string): Promise<Info> {
    return this.#ask(infoSchema, `info/${id}`)
  }

  /** The addresses that wait to be opened. A module that has ended has none. */
  async addresses(id: string): Promise<Address[]> {
    const running = await this.#ask(runningSchema, `runner/${id}`).catch(() => undefined)
    return running?.browser?.urlsWithMethod ?? []
  }

  async opened(id: string, { url }: Address): Promise<void> {
    await this.#ask(z.unknown(), `runner/browser/${id}/visit?url=${encodeURIComponent(url)}`, 'POST')
  }

  images(id: string): Promise<Image[]> {
    return this.#ask(z.array(imageSchema), `log/${id}/images`)
  }

  async upload(id: string, image: string, png: Buffer): Promise<void> {
    await this.#ask(
      z.unknown(),
      `log/${id}/images/${image}`,
      'POST',
      `data:image/png;base64,${png.toString('base64')}`,
    )
  }

  log(id: string): Promise<Entry[]> {
    return this.#ask(z.array(entrySchema), `log/${id}`)
  }
}
