/** Text that may stand in a page as it is. */
export type Html = { readonly html: string }

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Writes a piece of a page. Whatever is put into it is text, unless it is a piece itself. */
export function html(strings: TemplateStringsArray, ...parts: (string | Html | readonly Html[])[]): Html {
  return { html: String.raw({ raw: strings }, ...parts.map(written)) }
}

function written(part: string | Html | readonly Html[]): string {
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? '')
  return 'html' in part ? part.html : part.map(written).join('')
}
