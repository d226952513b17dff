/** Markup that needs no escaping. */
export type Html = { readonly html: string }

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Builds markup. Escapes inserted strings, but not inserted markup. */
export function html(strings: TemplateStringsArray, ...parts: (string | Html | readonly Html[])[]): Html {
  return { html: String.raw({ raw: strings }, ...parts.map(render)) }
}

function render(part: string | Html | readonly Html[]): string {
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? '')
  return 'html' in part ? part.html : part.map(render).join('')
}
