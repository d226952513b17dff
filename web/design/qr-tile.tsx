import './qr-tile.css'
import { encode } from 'uqr'

/** Empty margin around the code in modules, as ISO/IEC 18004 requires. */
const quietZone = 4

/** Characters. Longer texts get less error correction, so that their modules stay large enough for cameras. */
const longText = 300

/** A QR code, black on white in every colour scheme because cameras need the contrast. */
export function QrTile({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: text.length > longText ? 'L' : 'M', border: 0 })
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  const side = size + 2 * quietZone
  return (
    <svg
      className="qr-tile"
      viewBox={`${-quietZone} ${-quietZone} ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect className="paper" x={-quietZone} y={-quietZone} width={side} height={side} />
      <path className="print" d={squares.join('')} />
    </svg>
  )
}
