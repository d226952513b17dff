import './qr-tile.css'
import { encode } from 'uqr'

/** A QR code on a white tile, in every colour scheme: cameras need the contrast and the quiet edge. */
export function QrTile({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  const quiet = 4
  const side = size + 2 * quiet
  return (
    <svg
      className="qr-tile"
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect className="paper" x={-quiet} y={-quiet} width={side} height={side} />
      <path className="print" d={squares.join('')} />
    </svg>
  )
}
