/** A part of a whole, beside the number that says the same. @param share 0…1 */
export const Meter = ({ share }: { readonly share: number }) => (
  <svg className="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect className="meter-part" width={Math.round(Math.min(1, Math.max(0, share)) * 100)} height="8" />
  </svg>
)
