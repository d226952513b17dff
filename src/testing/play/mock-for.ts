/** The YAML that would mock a call. */
export function mockFor(method: string, url: string, body: string | undefined): string {
  const about = body === undefined || body === '' ? '' : `, body: ${yamlBody(body)}`
  return `http: [{ ${method}: ${JSON.stringify(url)}${about}, reply: { status: 200, json: {} } }]`
}

function yamlBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return JSON.stringify(body)
  }
}
