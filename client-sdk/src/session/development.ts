/**
 * Whether a bundler says that this is a development build: `process.env.NODE_ENV` is "development", which Vite, webpack, Parcel, esbuild
 * and others put there by themselves when they serve a page in the making. Nothing else counts, neither an unset variable nor a page without a
 * bundler: what is for development alone must never be on in production because somebody forgot something.
 */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV === "development";
  } catch {
    // A page that no bundler has gone over has no `process`.
    return false;
  }
}
