import './tile.css'

/** A number with its name, inside a `dl` of the class `tiles`. */
export function Tile({ label, value, tone }: { label: string; value: string; tone?: 'warn' | undefined }) {
  return (
    <div
      className={tone === undefined ? 'tile panel stack gap-1 pad-3' : `panel stack gap-1 pad-3 tile ${tone}`}
    >
      <dt className="note tight">{label}</dt>
      <dd className="figures strong nowrap">{value}</dd>
    </div>
  )
}
