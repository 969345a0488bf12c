/**
 * Where the backend's API is, without a slash at the end. The platform does not give a widget the `dp.webhook_url` of
 * its manifest (`platform/widget.md §3.2`), so the build writes here what that address begins with.
 */
export const backendAddress = '{backend}';
