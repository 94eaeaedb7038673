# Why an uploaded picture was not taken, and what to do.
picture-not-a-picture = This file is not a picture. Choose a photo in JPEG, PNG or WebP format.
picture-heic = This photo is in the HEIC format, which most browsers cannot show. Save or export it as JPEG and upload that. On an iPhone, choose Settings, Camera, Formats, Most Compatible for new photos.
picture-gif = GIF pictures are not taken. Save it as PNG or JPEG and upload that.
picture-svg = SVG drawings are not taken, because they can hold programs. Export it as PNG and upload that.
picture-pdf = This is a PDF document. Take a photo or a screenshot of the page and upload that.
picture-unsupported = Pictures of this kind are not taken. Save it as JPEG, PNG or WebP and upload that.
picture-too-many-bytes = This picture is larger than 15 MB. Save it smaller and upload that.
picture-too-many-pixels = This picture has too many pixels. Up to 50 megapixels and 12,000 pixels a side are possible. Save it smaller and upload that.
picture-damaged = This picture is damaged or was not uploaded completely. Upload it again, or choose another one.
picture-too-slow = This picture took too long to prepare. Save it smaller or as JPEG and upload that.
picture-busy = Many pictures are being prepared right now. Upload it again in a minute.
