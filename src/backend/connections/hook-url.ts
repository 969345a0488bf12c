/** Where a chat service tells of one channel; with a message, how far that message is. */
export function hookUrl(
  { publicUrl }: { readonly publicUrl: string },
  { id, service }: { readonly id: string; readonly service: string },
  messageId?: string,
): string {
  const address = `${publicUrl}/chat-services/${service}/channels/${id}/hook`;
  return messageId === undefined ? address : `${address}?message=${messageId}`;
}
