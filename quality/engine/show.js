// Describes a value in text. Both engines run this source, so it is ES3. Corpus scripts have it at their end, after the snippet.
// biome-ignore lint/correctness/noUnusedVariables: the snippet calls it
function show(value, depth) {
  var level = depth || 0
  var type = typeof value
  if (value === null || type === 'undefined') return String(value)
  if (type === 'string') return quote(value)
  if (type === 'number') return value === 0 && 1 / value < 0 ? '-0' : String(value)
  if (type === 'boolean') return String(value)
  if (value instanceof Error) return 'error ' + value.name
  if (value instanceof Date) return 'date ' + value.getTime()
  if (value instanceof RegExp) return 'regexp ' + quote(String(value))
  if (type === 'function') return type
  if (level > 4) return type
  var parts = []
  var i
  if (value.toString === Array.prototype.toString) {
    for (i = 0; i < value.length; i++) parts.push(i in value ? show(value[i], level + 1) : 'hole')
    return '[' + parts.join(', ') + ']'
  }
  // Java objects, and objects with their own text.
  if (value.toString && value.toString !== Object.prototype.toString) return type + ' ' + quote(String(value))
  for (var name in value) parts.push(quote(name) + ': ' + show(value[name], level + 1))
  return '{' + parts.join(', ') + '}'

  function quote(text) {
    return JSON.stringify(text).replace(
      /[\u007f-\uffff]/g,
      (character) => '\\u' + ('000' + character.charCodeAt(0).toString(16)).slice(-4),
    )
  }
}
