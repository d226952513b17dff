import './tile.css'

/** A number with its name, inside a `dl` of the class `tiles`. */
export function Tile({ label, value, tone }: { label: string; value: string; tone?: 'warn' | undefined }) {
  return (
    <div className={tone === undefined ? 'tile' : `tile ${tone}`}>
      <dt>{label}</dt>
      <dd className="figures">{value}</dd>
    </div>
  )
}
