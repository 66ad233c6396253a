/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/conflation/lucene.h"

#ifdef SP_WITH_JNI

#include <jni.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "benchmarks/lib/report.h"

#define LUCENE "org/apache/lucene/analysis/"

struct lucene {
    JavaVM *machine;
    JNIEnv *env;
    jobject analysers[LUCENE_KINDS];
    jclass term_class;
    jclass limit_class;
    jmethodID make_limit;
    jmethodID token_stream;
    jmethodID add_attribute;
    jmethodID reset;
    jmethodID increment;
    jmethodID end;
    jmethodID close;
    jmethodID to_string;
    jstring field;
    char version[96];
};

/* Tell of a pending exception, if any, and clear it. */
static enum sp_status check(JNIEnv *env, const char *what, struct sp_error *err)
{
    if (!(*env)->ExceptionCheck(env)) {
        return SP_OK;
    }
    (*env)->ExceptionDescribe(env);
    (*env)->ExceptionClear(env);
    return SP_FAIL(err, SP_INTERNAL, "lucene", "Java: %s: wyjątek.", "Java: %s: an exception.",
                   what);
}

/* A new object made by the constructor with `signature`; NULL with an exception pending. */
static jobject make(JNIEnv *env, const char *class_name, const char *signature, ...)
{
    jclass class = (*env)->FindClass(env, class_name);
    jmethodID constructor =
        class == NULL ? NULL : (*env)->GetMethodID(env, class, "<init>", signature);
    if (constructor == NULL) {
        return NULL;
    }
    va_list arguments;
    va_start(arguments, signature);
    jobject object = (*env)->NewObjectV(env, class, constructor, arguments);
    va_end(arguments);
    return object;
}

static jobject static_object(JNIEnv *env, const char *class_name, const char *name,
                             const char *signature)
{
    jclass class = (*env)->FindClass(env, class_name);
    jfieldID field = class == NULL ? NULL : (*env)->GetStaticFieldID(env, class, name, signature);
    return field == NULL ? NULL : (*env)->GetStaticObjectField(env, class, field);
}

static enum sp_status start_machine(struct lucene *lucene, struct sp_error *err)
{
    char class_path[] = "-Djava.class.path=" SP_CLASS_PATH;
    char heap[] = "-Xmx1g";
    JavaVMOption options[] = {{.optionString = class_path}, {.optionString = heap}};
    JavaVMInitArgs arguments = {
        .version = JNI_VERSION_10, .nOptions = SP_COUNT(options), .options = options};
    void *env = NULL;
    if (JNI_CreateJavaVM(&lucene->machine, &env, &arguments) != JNI_OK) {
        return SP_FAIL(err, SP_UNSUPPORTED, "java", "Nie można uruchomić maszyny Javy.",
                       "The Java virtual machine does not start.");
    }
    lucene->env = env;
    return SP_OK;
}

static void make_analysers(struct lucene *lucene)
{
    JNIEnv *env = lucene->env;
    lucene->analysers[LUCENE_MORFOLOGIK] = make(env, LUCENE "morfologik/MorfologikAnalyzer", "()V");
    jobject no_stop_words =
        static_object(env, LUCENE "CharArraySet", "EMPTY_SET", "L" LUCENE "CharArraySet;");
    lucene->analysers[LUCENE_STEMPEL] =
        (*env)->ExceptionCheck(env)
            ? NULL
            : make(env, LUCENE "pl/PolishAnalyzer", "(L" LUCENE "CharArraySet;)V", no_stop_words);
}

static void find_methods(struct lucene *lucene)
{
    JNIEnv *env = lucene->env;
    jclass analyser = (*env)->FindClass(env, LUCENE "Analyzer");
    jclass stream = (*env)->FindClass(env, LUCENE "TokenStream");
    jclass object = (*env)->FindClass(env, "java/lang/Object");
    lucene->term_class = (*env)->FindClass(env, LUCENE "tokenattributes/CharTermAttribute");
    lucene->limit_class = (*env)->FindClass(env, LUCENE "miscellaneous/LimitTokenCountFilter");
    if ((*env)->ExceptionCheck(env)) {
        return;
    }
    lucene->make_limit =
        (*env)->GetMethodID(env, lucene->limit_class, "<init>", "(L" LUCENE "TokenStream;IZ)V");
    lucene->token_stream =
        (*env)->GetMethodID(env, analyser, "tokenStream",
                            "(Ljava/lang/String;Ljava/lang/String;)L" LUCENE "TokenStream;");
    lucene->add_attribute = (*env)->GetMethodID(
        env, stream, "addAttribute", "(Ljava/lang/Class;)Lorg/apache/lucene/util/Attribute;");
    lucene->reset = (*env)->GetMethodID(env, stream, "reset", "()V");
    lucene->increment = (*env)->GetMethodID(env, stream, "incrementToken", "()Z");
    lucene->end = (*env)->GetMethodID(env, stream, "end", "()V");
    lucene->close = (*env)->GetMethodID(env, stream, "close", "()V");
    lucene->to_string = (*env)->GetMethodID(env, object, "toString", "()Ljava/lang/String;");
    lucene->field = (*env)->NewStringUTF(env, "text");
}

/* Copy what `object.toString()` says. */
static size_t text_of(struct lucene *lucene, jobject object, char *out, size_t size)
{
    JNIEnv *env = lucene->env;
    jstring text = (*env)->CallObjectMethod(env, object, lucene->to_string);
    const char *bytes = text == NULL ? NULL : (*env)->GetStringUTFChars(env, text, NULL);
    int length = bytes == NULL ? 0 : snprintf(out, size, "%s", bytes);
    if (bytes != NULL) {
        (*env)->ReleaseStringUTFChars(env, text, bytes);
    }
    return length < 0 ? 0 : (size_t)length < size ? (size_t)length : size - 1;
}

static void read_version(struct lucene *lucene)
{
    JNIEnv *env = lucene->env;
    char java[32] = "";
    char version[32] = "";
    jclass system = (*env)->FindClass(env, "java/lang/System");
    jmethodID property = (*env)->GetStaticMethodID(env, system, "getProperty",
                                                   "(Ljava/lang/String;)Ljava/lang/String;");
    jstring name = (*env)->NewStringUTF(env, "java.version");
    jobject value = (*env)->CallStaticObjectMethod(env, system, property, name);
    jobject latest = static_object(env, "org/apache/lucene/util/Version", "LATEST",
                                   "Lorg/apache/lucene/util/Version;");
    if (value != NULL && latest != NULL) {
        (void)text_of(lucene, value, java, sizeof java);
        (void)text_of(lucene, latest, version, sizeof version);
    }
    (void)snprintf(lucene->version, sizeof lucene->version, "Lucene %s, Java %s", version, java);
}

enum sp_status lucene_start(struct lucene **out, struct sp_error *err)
{
    struct lucene *lucene = sp_calloc(1, sizeof *lucene);
    if (lucene == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = start_machine(lucene, err);
    if (status != SP_OK) {
        sp_free(lucene);
        return status;
    }
    make_analysers(lucene);
    status = check(lucene->env, "analysers", err);
    if (status == SP_OK) {
        find_methods(lucene);
        status = check(lucene->env, "methods", err);
    }
    if (status == SP_OK) {
        read_version(lucene);
        status = check(lucene->env, "version", err);
    }
    if (status != SP_OK) {
        lucene_stop(lucene);
        return status;
    }
    *out = lucene;
    return SP_OK;
}

void lucene_stop(struct lucene *lucene)
{
    if (lucene != NULL) {
        (void)(*lucene->machine)->DestroyJavaVM(lucene->machine);
        sp_free(lucene);
    }
}

const char *lucene_version(const struct lucene *lucene)
{
    return lucene->version;
}

/* Java wants UTF-16; its own UTF-8 is not the real one beyond U+FFFF. */
static jstring java_text(JNIEnv *env, struct sp_view text)
{
    jchar *units = sp_malloc(2 * text.length * sizeof *units);
    jsize count = 0;
    for (size_t at = 0; units != NULL && at < text.length;) {
        uint32_t c = sp_utf8_next(text, &at);
        if (c >= 0x10000) {
            units[count++] = (jchar)(0xD800 + ((c - 0x10000) >> 10));
            units[count++] = (jchar)(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            units[count++] = (jchar)c;
        }
    }
    jstring string = units == NULL ? NULL : (*env)->NewString(env, units, count);
    sp_free(units);
    return string;
}

enum sp_status lucene_terms(struct lucene *lucene, enum lucene_kind kind, struct sp_view text,
                            struct sp_arena *arena, struct sp_view *out, size_t *count,
                            struct sp_error *err)
{
    JNIEnv *env = lucene->env;
    *count = 0;
    if ((*env)->PushLocalFrame(env, 2 * LUCENE_TERMS_MAX + 8) != 0) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = SP_OK;
    jobject stream = (*env)->CallObjectMethod(env, lucene->analysers[kind], lucene->token_stream,
                                              lucene->field, java_text(env, text));
    jobject term = stream == NULL ? NULL
                                  : (*env)->CallObjectMethod(env, stream, lucene->add_attribute,
                                                             lucene->term_class);
    if (term != NULL) {
        (*env)->CallVoidMethod(env, stream, lucene->reset);
        while (status == SP_OK && *count < LUCENE_TERMS_MAX &&
               (*env)->CallBooleanMethod(env, stream, lucene->increment)) {
            char bytes[512];
            size_t length = text_of(lucene, term, bytes, sizeof bytes);
            const char *copy = sp_arena_copy(arena, sp_view_from(bytes, length));
            status = copy == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
            out[(*count)++] = sp_view_from(copy, length);
        }
        (*env)->CallVoidMethod(env, stream, lucene->close);
    }
    if (status == SP_OK) {
        status = check(env, "tokens", err);
    }
    (void)(*env)->PopLocalFrame(env, NULL);
    return status;
}

enum sp_status lucene_pass(struct lucene *lucene, enum lucene_kind kind, struct sp_view text,
                           uint64_t *ns, struct sp_error *err)
{
    JNIEnv *env = lucene->env;
    if ((*env)->PushLocalFrame(env, 16) != 0) {
        return SP_FAIL_NOMEM(err);
    }
    jstring string = java_text(env, text);
    uint64_t start_ns = timing_now_ns();
    jobject stream = (*env)->CallObjectMethod(env, lucene->analysers[kind], lucene->token_stream,
                                              lucene->field, string);
    jobject all = stream == NULL ? NULL
                                 : (*env)->NewObject(env, lucene->limit_class, lucene->make_limit,
                                                     stream, (jint)1, JNI_TRUE);
    if (all != NULL) {
        (*env)->CallVoidMethod(env, all, lucene->reset);
        (void)(*env)->CallBooleanMethod(env, all, lucene->increment); /* one token */
        (void)(*env)->CallBooleanMethod(env, all, lucene->increment); /* all others, inside Java */
        (*env)->CallVoidMethod(env, all, lucene->end);
        (*env)->CallVoidMethod(env, all, lucene->close);
    }
    *ns = timing_now_ns() - start_ns;
    enum sp_status status = check(env, "pass", err);
    (void)(*env)->PopLocalFrame(env, NULL);
    return status;
}

#else

enum sp_status lucene_start(struct lucene **out, struct sp_error *err)
{
    (void)out;
    return SP_FAIL(err, SP_UNSUPPORTED, "java", "Zbudowano bez Javy 17 i bibliotek Lucene.",
                   "Built without Java 17 and Lucene's jars.");
}

void lucene_stop(struct lucene *lucene)
{
    (void)lucene;
}

const char *lucene_version(const struct lucene *lucene)
{
    (void)lucene;
    return "";
}

enum sp_status lucene_terms(struct lucene *lucene, enum lucene_kind kind, struct sp_view text,
                            struct sp_arena *arena, struct sp_view *out, size_t *count,
                            struct sp_error *err)
{
    (void)lucene, (void)kind, (void)text, (void)arena, (void)out, (void)count, (void)err;
    return SP_UNSUPPORTED;
}

enum sp_status lucene_pass(struct lucene *lucene, enum lucene_kind kind, struct sp_view text,
                           uint64_t *ns, struct sp_error *err)
{
    (void)lucene, (void)kind, (void)text, (void)ns, (void)err;
    return SP_UNSUPPORTED;
}

#endif
